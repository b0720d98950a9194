"""Bad answers in what a page sends by itself, which is answered in JSON: refused with 422 by the names of the
questions, the others stored."""

import pytest

from tests.bad_input import NOT_OFFERED, UNFIT
from tests.forms_found import Entry, Found
from tests.integration.hostile.conftest import Place
from tests.integration.hostile.sending import KEEPS_THE_REST, Sender, encoded, possible
from tests.trust_run import Figure, Times

FORM = "application/x-www-form-urlencoded"
AUTOSAVE = {"X-Autosave": "1", "Accept": "application/json"}


@pytest.mark.parametrize("endpoint", sorted(KEEPS_THE_REST))
def test_an_answer_that_cannot_be_taken_is_named_where_the_page_saves_by_itself(
    place: Place, forms: list[Found], endpoint: str, figure: Figure, times: Times
) -> None:
    # trust E
    sent, faults, few = 0, [], times(few=2, full=1000)
    for form in (each for each in forms if each.endpoint == endpoint):
        sender = Sender(place, form)
        entries = [entry for entry in form.entries if entry.is_seen and entry.kind != "day"]
        for at, entry in enumerate(entries[:: times(few=4, full=1)]):
            listed = list((UNFIT if entry.is_text else NOT_OFFERED).items())
            for n in range(min(few, len(listed))):
                what, bad = listed[(at * few + n) % len(listed)]
                try_bad(sender, entry, f"{entry.name}: {what}", bad)
        sent, faults = sent + sender.sent, faults + sender.faults
        sender.close()
    figure(f"{sent} bad answers of {endpoint} sent by the page itself: 422 by their names, kept 0")
    assert faults == [], "\n".join(faults)
    assert sent > 0


def try_bad(sender: Sender, entry: Entry, what: str, bad: str | bytes) -> None:
    values = sender.form.with_value(sender.filled(), entry, bad)
    answer = sender.post(encoded(values), FORM, what, headers=AUTOSAVE)
    told = answer.json if answer.is_json else {}
    named = {problem["field"] for problem in told.get("problems", ())}
    if answer.status_code != 422 or not named & set(possible(entry.name)):
        sender.complain(what, f"{answer.status_code}, named {sorted(named)}")
    if isinstance(bad, str) and len(bad) > 12 and sender.is_held(bad):
        sender.complain(what, "refused, and yet kept")
    sender.look_again()
