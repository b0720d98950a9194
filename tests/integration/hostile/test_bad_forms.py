"""Every class of bad input against every field of every form: refused by its name, nothing written, or kept
as it was written; never a page that broke. # trust E"""

import resource
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from math import ceil
from typing import TypeAlias

import pytest

from tests.bad_input import BODIES, DOUBTFUL, FIT, NOT_A_DAY, NOT_OFFERED, TOO_MANY, UNFIT
from tests.forms_found import Entry, Found
from tests.integration.hostile.conftest import Place, Places
from tests.integration.hostile.sending import KEEPS_THE_REST, Sender, each_form, names, was_refused
from tests.patience import slowness
from tests.trust_run import Figure, Times

# Answer alike whatever is typed, so that nobody learns who has an account.
TELLS_NOTHING = {"invitations.link_asked", "security.forgot_password", "security.login"}
HASHED = {"security.change_password", "security.reset_password", "security.verify"}
CODED = {"keying.enter"}  # codes by routing; what is written there is taken as in an interview
NEEDED = {
    "administration.make": {"slug": ["riverside"], "email": ["someone@example.org"]},
    "coordination.key_form": {"agreed": ["yes"]},
    "coordination.population": {"people": ["sex, female, 20\nsex, male, 20"]},
    "meeting.part": {f"named_{place}": ["yes"] for place in (1, 2, 3)},
}
ALL_TICKED = {("findings.merge", "merged")}
PREPARED = {
    "coordination.set_seat": "UPDATE main.membership SET seat_id = NULL",
    "stories.decide": "UPDATE main.collection SET status = 'closed'",
}
SECONDS, MEBIBYTES = 2, 100
Bad: TypeAlias = str | bytes | tuple[str, str, str]
AGAINST: Mapping[str, Mapping[str, Bad]] = {
    "day": NOT_A_DAY,
    "text": {**UNFIT, **DOUBTFUL},
    "choice": NOT_OFFERED,
}


def some(forms: list[Found], times: Times, *, first: int) -> list[Found]:
    """A third of the forms, so that the tests that begin at 0, 1 and 2 see each form once between them."""
    step = times(few=3, full=1)
    return forms[first % step :: step]


@dataclass
class Growth:
    """How much more memory this process has ever held than when it was looked at first."""

    before: int = 0

    def begin(self) -> None:
        self.before = self.before or self._most()

    @property
    def mebibytes(self) -> int:
        return self._most() - self.before

    def _most(self) -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_what_no_field_may_hold_is_refused_by_its_name_and_nothing_is_written(
    places: Places, forms: list[Found], figure: Figure, times: Times
) -> None:
    # trust E
    few, most = times(few=1, full=10), times(few=12, full=1000)
    sent, slowest, grown = 0, 0.0, Growth()
    faults: list[str] = []
    turns = {kind: cycle(classes.items()) for kind, classes in AGAINST.items()}
    for sender in each_form(places, some(forms, times, first=0)):
        grown.begin()  # everything is loaded by then
        entries = [e for e in sender.form.entries if kind_of(e)]
        for entry in entries[:: 1 + len(entries) // most]:
            alike = sum(kind_of(other) == kind_of(entry) for other in entries)
            whole = ceil(len(AGAINST[kind_of(entry)]) / alike)  # so that the form sees every class
            for what, bad in islice(turns[kind_of(entry)], few if few == 1 else max(few, whole)):
                try_bad(sender, entry, f"{entry.name}: {what}", bad)
        sent, slowest = sent + sender.sent, max(slowest, sender.slowest / slowness())
        faults += sender.faults
    figure(f"{sent} bad fields of forms: broke 0, written 0; at most {slowest:.2f} s, {grown.mebibytes} MiB")
    assert faults == [], "\n".join(faults)
    assert slowest < SECONDS
    assert grown.mebibytes < MEBIBYTES


def kind_of(entry: Entry) -> str:
    """Which classes may come in it; of a date its first part stands for all."""
    if entry.kind == "file" or entry.name == "csrf_token":
        return ""
    if entry.kind == "day":
        return "day" if entry.name.endswith("-day") else ""
    return "text" if entry.is_text else "choice"


def try_bad(sender: Sender, entry: Entry, what: str, bad: Bad) -> None:
    values = sender.filled()
    if isinstance(bad, tuple):
        stem = entry.name.removesuffix("-day")
        values |= {f"{stem}-{part}": [v] for part, v in zip(("day", "month", "year"), bad, strict=True)}
    else:
        values = sender.form.with_value(values, entry, bad)
    answer = sender.send(values, what)
    must_refuse = isinstance(bad, tuple) or (entry.is_text and bad in UNFIT.values())
    if sender.form.endpoint in TELLS_NOTHING:
        return
    if not was_refused(answer):
        if must_refuse:
            sender.complain(what, f"taken: {answer.status_code}")
        elif entry.is_text and not sender.is_held(str(bad)):
            sender.complain(what, "taken, and not kept as it was")
        sender.look_again()
        return
    if sender.form.endpoint not in KEEPS_THE_REST:
        sender.check_untouched(what)
    else:
        if isinstance(bad, str) and len(bad) > 12 and sender.is_held(bad):
            sender.complain(what, "refused, and yet kept")
        sender.look_again()
    by_name = must_refuse and sender.form.endpoint not in HASHED
    if by_name and not names(answer, entry.name):
        sender.complain(what, "the field is not named")


def test_a_field_that_comes_twice_is_refused_by_its_name_and_neither_is_taken(
    places: Places, forms: list[Found], figure: Figure, times: Times
) -> None:
    # trust E
    sent, faults, few = 0, [], times(few=1, full=1000)
    for at, sender in enumerate(each_form(places, some(forms, times, first=1))):
        single = [e for e in sender.form.entries if e.is_seen and e.kind != "checkbox"]
        for entry in [single[(at + n) % len(single)] for n in range(min(few, len(single)))]:
            values = sender.filled()
            fit = next(filter(None, (*entry.offered, *entry.sensible())), "Some words")
            answer = sender.send(sender.form.with_value(values, entry, fit, fit), f"{entry.name}: twice")
            told = names(answer, entry.name) or f"“{entry.name}”" in answer.text
            if not was_refused(answer) or not told:
                sender.complain(f"{entry.name}: twice", f"{answer.status_code}, not refused by its name")
            if sender.form.endpoint in KEEPS_THE_REST or not was_refused(answer):
                sender.look_again()
            sender.check_untouched(f"{entry.name}: twice")
        sent, faults = sent + sender.sent, faults + sender.faults
    figure(f"{sent} fields sent twice in one form: taken 0")
    assert faults == [], "\n".join(faults)
    assert sent > times(few=8, full=25)


@pytest.mark.parametrize("endpoint", sorted(KEEPS_THE_REST | CODED))
def test_an_answer_to_a_question_of_another_version_is_not_taken(
    place: Place, forms: list[Found], endpoint: str
) -> None:
    # trust E
    sender = Sender(place, next(form for form in forms if form.endpoint == endpoint))
    answer = sender.send({**sender.filled(), "of_another_version": ["Words of nobody"]}, "another version")
    assert answer.status_code in (302, 422)
    assert not sender.is_held("Words of nobody")
    assert not sender.is_held("of_another_version")
    assert sender.faults == []
    sender.close()


def test_what_people_really_write_is_kept_as_they_wrote_it(
    places: Places, forms: list[Found], figure: Figure, times: Times
) -> None:
    # trust E
    kept = 0
    faults: list[str] = []
    for turn in range(times(few=1, full=4)):
        for at, form in enumerate(some(forms, times, first=1)):
            given = needed(form)
            texts = [entry for entry in form.entries if entry.is_text and entry.name not in given]
            if texts and form.endpoint not in TELLS_NOTHING | HASHED | CODED:
                free, lost = sent_names(places, form, texts, at=at + turn)
                kept, faults = kept + free, faults + lost
    figure(f"{kept} names and remarks of many scripts: lost or changed {len(faults)}")
    assert faults == [], "\n".join(faults)
    assert kept > times(few=8, full=25)


def needed(form: Found) -> dict[str, list[str]]:
    """What the form is not taken without, beside what is tried in it."""
    ticked = {e.name: list(e.offered) for e in form.entries if (form.endpoint, e.name) in ALL_TICKED}
    return NEEDED.get(form.endpoint, {}) | ticked


def sent_names(places: Places, form: Found, texts: list[Entry], *, at: int) -> tuple[int, list[str]]:
    """How many fields took the names, and what of it went wrong. A field that is refused by its name holds
    something else than words, and is left as it was."""
    free = texts
    while free:
        named = {entry: list(FIT.items())[(at + n) % len(FIT)] for n, entry in enumerate(free)}
        with places() as place:
            sender = Sender(place, form, prepared=PREPARED.get(form.endpoint, ""))
            values = sender.filled()
            for entry in texts:
                words = named[entry][1] if entry in named else left_alone(entry)
                values = sender.form.with_value(values, entry, words)
            answer = sender.send({**values, **needed(form)}, "names")
            lost = [what for what, words in named.values() if not sender.is_held(words)]
            sender.close()
        formatted = [entry for entry in free if names(answer, entry.name) or entry.name == "written"]
        if not formatted:
            lost += [str(answer.status_code)] if was_refused(answer) else []
            return len(free), [f"{form.endpoint}: {why}" for why in (*lost, *sender.faults)]
        free = [entry for entry in free if entry not in formatted]
    return 0, []


def left_alone(entry: Entry) -> str:
    return entry.sensible()[0] if entry.name == "email" else "".join(entry.shown)


def test_a_body_of_another_kind_is_refused_and_a_hundred_thousand_parts_are_too_many(
    places: Places, forms: list[Found], figure: Figure, times: Times
) -> None:
    # trust E
    sent, slowest, grown = 0, 0.0, Growth()
    faults: list[str] = []
    everything = times(few=0, full=1)
    for at, sender in enumerate(each_form(places, some(forms, times, first=2))):
        token = str(sender.filled()["csrf_token"][0])
        grown.begin()
        kinds = list(BODIES.items())
        for what, (kind, encoding, body) in kinds if everything else [kinds[at % len(kinds)]][: at % 2]:
            headers = {"X-CSRFToken": token, **({"Content-Encoding": encoding} if encoding else {})}
            answer = sender.post(body, kind, what, headers=headers)
            if answer.status_code not in (400, 415) or "Nothing was saved." not in answer.text:
                sender.complain(what, f"{answer.status_code}, and not told in words")
            sender.check_untouched(what)
        for kind, body in TOO_MANY if everything or at % 10 == 0 else ():
            answer = sender.post(body, kind, "too many parts", headers={"X-CSRFToken": token})
            if answer.status_code != 413 or "larger than this page can take" not in answer.text:
                sender.complain("too many parts", f"{answer.status_code}, and not told in words")
            sender.check_untouched("too many parts")
        sent, slowest = sent + sender.sent, max(slowest, sender.slowest / slowness())
        faults += sender.faults
    figure(f"{sent} bodies of another kind: broke 0; at most {slowest:.2f} s, {grown.mebibytes} MiB")
    assert faults == [], "\n".join(faults)
    assert slowest < SECONDS
    assert grown.mebibytes < MEBIBYTES
