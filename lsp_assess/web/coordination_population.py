"""What is known of the population that a household survey stands for."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.editing import found
from lsp_assess.actions.population import margins_of, state_population, stated_population
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.residents.population import LONGEST_SOURCE
from lsp_assess.web.form_fields import line, text
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, posted
from lsp_assess.web.transactions import work


class PopulationForm(VersionedForm):
    source = line(
        "Where the figures come from",
        needed="Enter where the figures come from",
        hint="It is printed with the results. For example: Mid-year estimates 2024, adults.",
        longest=LONGEST_SOURCE,
    )
    people = text(
        "People",
        hint="One category to a line: what it is divided by, its code, and how many adults live there. "
        "For example: sex, female, 98200. Lines can be copied from a spreadsheet.",
    )


def population(collection_id: UUID) -> ResponseReturnValue:
    doing = work()
    margins = margins_of(doing, collection_id)
    row = found(doing, Collection, collection_id)
    stated = stated_population(row)
    form = PopulationForm(
        posted(),
        version=row.version,
        source=stated.source if stated else "",
        people=stated.written() if stated else "",
    )

    def state() -> None:
        state_population(
            doing,
            collection_id,
            version=form.seen,
            source=form.source.data or "",
            people=form.people.data or "",
        )

    back = url_for(".sample", collection_id=collection_id)
    if form.attempt(state):
        flash("The figures of the population are saved. The next release of the round is weighted to them.")
        return redirect(back)
    page = FormPage(
        title="Population",
        button="Save the figures",
        back=back,
        back_text="Sample and fieldwork",
        lead="Who answers is never quite like who lives there. State what is known, and answers are weighted "
        "to it when the round is published: each category then counts by its share of the people.",
        lists={"It can be divided by:": _listed(margins)},
    )
    return form_page(form, page)


def _listed(margins: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{name}: {', '.join(codes)}" for name, codes in margins.items() if codes]
