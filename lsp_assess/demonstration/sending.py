"""Answers as they are stored: what was entered, and what is sent, by the questionnaire's own rules."""

from dataclasses import dataclass

from lsp_assess.database.base import Json
from lsp_assess.instruments import Instrument, answers_to_json, submission
from lsp_assess.instruments.answers import NOT_ASKED, UNANSWERED, Answers
from lsp_assess.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Entered:
    draft: Json
    submission: Json


def sent(instrument: Instrument, answers: Answers) -> Entered:
    """Answers to questions that routing does not ask are dropped: nobody gave them. Raises `Invalid` where
    the rest could not have been sent."""
    ready = submission(instrument, answers)
    if ready.problems:
        raise Invalid(*ready.problems)
    entered = {
        name: answer
        for name, answer in answers.items()
        if answer != UNANSWERED and ready.answers[name] != NOT_ASKED
    }
    return Entered(dict(answers_to_json(entered)), dict(answers_to_json(ready.answers)))
