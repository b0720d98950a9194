"""Those of a panel who stayed stand for those who left."""

from collections.abc import Sequence

import numpy as np

from lsp_assess.estimation.combinations import combinations
from lsp_assess.estimation.margins import said
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.stated import numbers_in, require
from lsp_assess.estimation.weighting import Adjustment, Weighting


def attrition(weighting: Weighting, *, stayed: str, classes: Sequence[str] = ()) -> Weighting:
    """In each class of each round, the weights of those who stayed × Σw of all ÷ Σw of those who stayed
    (Lumley 2010, §9.2). `stayed` is a column of 0 and 1; the frame holds a row for everybody who was to be
    asked. Who left weighs 0 and keeps the row; fresh people, of whom nobody can have left yet, are
    told apart by a column among the classes. Raises, by name, on a class that nobody stayed in."""
    frame = weighting.frame
    require(frame, stayed, *classes)
    stays = numbers_in(frame, stayed)
    if not np.isin(stays, (0.0, 1.0)).all():
        raise refuse("not_yes_or_no", column=stayed)
    alike = combinations(frame, classes)
    code, (_, labels) = alike.number, alike.values(classes)
    weights = np.zeros(len(frame))
    for _, rows in weighting.rounds:
        before, within = weighting.weights[rows], code[rows]
        all_of = np.bincount(within, before, len(labels))
        of_stayers = np.bincount(within, before * stays[rows], len(labels))
        for empty in np.flatnonzero((all_of > 0) & (of_stayers == 0))[:1]:
            raise refuse("nobody_stayed", column=said(classes) or stayed, category=said(labels[empty]))
        factor = np.divide(all_of, of_stayers, out=np.zeros(len(labels)), where=of_stayers > 0)
        weights[rows] = before * stays[rows] * factor[within]
    return weighting.then(Adjustment.ATTRITION, weights)
