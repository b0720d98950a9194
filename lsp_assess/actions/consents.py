"""Consents as respondents give, refuse and take them back; each has a row of its own."""

from collections.abc import Mapping

from lsp_assess.actions.work import Work
from lsp_assess.database import releases
from lsp_assess.database.answering import consents_of
from lsp_assess.database.models.responses import Consent, Response
from lsp_assess.database.stories import consent_held
from lsp_assess.instruments import Answered, Instrument, answers_to_json
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.items import ConsentItem, ConsentTo
from lsp_assess.kernel.errors import Conflict, problem

YES, NO = "yes", "no"
UNPUBLISHES = frozenset({ConsentTo.USE, ConsentTo.QUOTATION})


def keep_consents(work: Work, response: Response, instrument: Instrument, answers: Answers) -> None:
    """As they were just sent. A yes that was taken back and is sent anew counts again: taking back put a no
    into the form."""
    held: Mapping[str, Consent] = {row.kind: row for row in consents_of(work.session, response.id)}
    for item in _items(instrument):
        answer = answers.get(item.name)
        if not isinstance(answer, Answered):
            continue
        given, row = answer.value == YES, held.get(item.consent.value)
        if row is None:
            work.session.add(
                Consent(
                    partnership_id=work.actor.partnership_id,
                    response_id=response.id,
                    kind=item.consent.value,
                    given=given,
                    at=work.now,
                )
            )
        elif row.given != given or (given and row.withdrawn_at is not None):
            row.given, row.at, row.withdrawn_at = given, work.now, None
            if not given:
                _unpublish(work, response, item.consent)


def take_back(work: Work, response: Response, instrument: Instrument, to: ConsentTo) -> None:
    """From now on, in old releases too. Raises Conflict where there is nothing to take back."""
    releases.hold_publishing(work.session)  # a release that is being made has read the consent as given
    row = consent_held(work.session, response.id, to.value)
    if row is None or not row.given or row.withdrawn_at is not None:
        raise Conflict(problem("consent_not_given"))
    row.withdrawn_at = work.now
    refused: Answers = {item.name: Answered(NO) for item in _items(instrument) if item.consent is to}
    response.draft = {**response.draft, **answers_to_json(refused)}
    stood_in = _unpublish(work, response, to)
    work.session.flush()
    work.record(
        "consent_withdrawn",
        object_kind="response",
        object_id=response.id,
        consent=to.value,
        releases=stood_in,
    )


def _unpublish(work: Work, response: Response, to: ConsentTo) -> int:
    """In how many releases the story stood. Words that may no longer be quoted go like those that may no
    longer be used; a later release makes of the rest what it may."""
    if to not in UNPUBLISHES:
        return 0
    releases.hold_publishing(work.session)
    return releases.redact(work.session, response.id, at=work.now)


def _items(instrument: Instrument) -> list[ConsentItem]:
    return [item for item in instrument.questions if isinstance(item, ConsentItem)]
