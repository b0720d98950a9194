from collections import Counter
from collections.abc import Mapping
from datetime import date

import pandas as pd

from lsp_assess.database.models.residents import PanelState
from lsp_assess.demonstration.doorsteps import Standing, open_cases, past_cases
from lsp_assess.demonstration.panel import Panel
from lsp_assess.demonstration.places import WARDS, Character
from lsp_assess.demonstration.questionnaires import SURVEY, Shipped
from lsp_assess.demonstration.sending import sent
from lsp_assess.demonstration.timetable import open_round, past_rounds
from lsp_assess.estimation import Verdict, headlines, proportion, round_changes, stated_design
from lsp_assess.instruments import answers_from_json
from lsp_assess.instruments.answers import Answered, Missing
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.residents.outcomes import response_rates
from lsp_assess.residents.visits import CaseStatus, case_status, final_outcome
from tests.unit.demonstration.conftest import Rounds

PUBLISHED_FROM = 30
SMALLEST_CHANGE = 0.05
HEADLINES = ("area_satisfaction", "safe_dark", "backgrounds_get_on", "influence")


def test_each_round_ends_with_1200_interviews_two_thirds_of_them_revisits(panel: Panel) -> None:
    for number, issued in enumerate(panel.rounds[:-1], start=1):
        states = Counter(one.state for one in issued if one.is_interviewed)
        assert states.total() == 1200
        assert states[PanelState.REVISIT] == (0 if number == 1 else 800)


def test_response_is_about_seven_in_ten_of_eligible_addresses(panel: Panel) -> None:
    for issued in panel.rounds[:-1]:
        rate = response_rates(one.outcome for one in issued if one.outcome is not None).rr2
        assert rate is not None
        assert 0.66 <= rate <= 0.75


def test_every_round_works_in_the_same_ninety_clusters_and_each_lies_in_one_ward(panel: Panel) -> None:
    clusters = [{one.household.cluster_code for one in issued} for issued in panel.rounds]
    assert len(clusters[0]) == 90
    assert all(found == clusters[0] for found in clusters)


def test_small_wards_have_too_few_interviews_to_be_published_alone_and_their_groups_have_enough(
    panel: Panel,
) -> None:
    small = {ward.code for ward in WARDS if ward.character is Character.SMALL}
    for issued in panel.rounds[:-1]:
        done = [one.household.ward for one in issued if one.is_interviewed]
        by_ward, by_group = Counter(ward.code for ward in done), Counter(ward.group for ward in done)
        assert {code for code, n in by_ward.items() if n < PUBLISHED_FROM} == small
        assert min(by_group.values()) > 5 * PUBLISHED_FROM


def test_only_residents_who_agreed_to_it_are_visited_again(panel: Panel) -> None:
    for before, now in zip(panel.rounds, panel.rounds[1:], strict=False):
        agreed = {one.household.number for one in before if one.is_interviewed and one.returning}
        revisited = {one.household.number for one in now if one.state is PanelState.REVISIT}
        assert revisited == agreed


def test_some_households_have_another_resident_when_they_are_revisited(panel: Panel) -> None:
    before = {one.household.number: one.resident for one in panel.rounds[0]}
    now = [one for one in panel.rounds[1] if one.state is PanelState.REVISIT and one.is_interviewed]
    others = sum(one.resident != before[one.household.number] for one in now)
    assert 0.03 < others / len(now) < 0.1


def test_visits_lead_to_the_outcome_that_the_sample_has(panel: Panel) -> None:
    for plan, issued in zip(past_rounds(), panel.rounds, strict=False):
        for case in past_cases(plan, issued):
            assert final_outcome(case.visits) is case.issued.outcome
            assert plan.opens <= case.visits[0].at.date() <= case.visits[-1].at.date() <= plan.closes


def test_of_the_open_round_some_is_done_some_broken_off_and_most_waits(panel: Panel) -> None:
    cases = list(open_cases(open_round(date(2026, 11, 22)), panel))
    standings = Counter(case.standing for case in cases)
    assigned = [case for case in cases if case.researcher is not None]
    assert set(standings) == set(Standing)
    assert len(assigned) == 80
    assert standings[Standing.UNASSIGNED] > 1000
    for case in assigned:
        finished = case_status(case.visits) is CaseStatus.FINISHED
        assert finished is (case.issued.outcome is not None)


def test_every_interview_can_be_sent_and_is_read_back(survey: Rounds, shipped: Mapping[str, Shipped]) -> None:
    instrument = shipped[SURVEY].instrument
    for number, (_, given) in survey.items():
        for answers in given[::7]:
            entered = sent(instrument, answers)
            read = answers_from_json(instrument, entered.submission, today=date(2023 + number, 4, 1))
            assert read.problems == ()


def test_nobody_is_asked_what_routing_passes_by(survey: Rounds, shipped: Mapping[str, Shipped]) -> None:
    for answers in survey[1][1][:200]:
        entered = sent(shipped[SURVEY].instrument, answers)
        was_victim = entered.submission["crime_victim"] == {"value": "yes"}
        assert ("crime_reported" in entered.draft) <= was_victim


def test_answers_are_missing_for_every_reason(survey: Rounds, shipped: Mapping[str, Shipped]) -> None:
    reasons: Counter[str] = Counter()
    for answers in survey[2][1][:300]:
        entered = sent(shipped[SURVEY].instrument, answers)
        reasons.update(entry["missing"] for entry in entered.submission.values() if "missing" in entry)
    offered = {MissingKind.NOT_ASKED, MissingKind.UNANSWERED, MissingKind.DONT_KNOW, MissingKind.REFUSED}
    assert set(reasons) == {kind.value for kind in offered}


def test_people_answer_alike_but_not_the_same_a_year_later(survey: Rounds) -> None:
    (done, first), (again, second) = survey[1], survey[2]
    before = {one.resident: answers for one, answers in zip(done, first, strict=True)}
    pairs = [
        (then["area_satisfaction"], now["area_satisfaction"])
        for one, now in zip(again, second, strict=True)
        if (then := before.get(one.resident)) is not None
    ]
    values = pd.DataFrame(
        [(a.value, b.value) for a, b in pairs if isinstance(a, Answered) and isinstance(b, Answered)]
    )
    assert 0.45 < values[0].corr(values[1]) < 0.75


def frame(survey: Rounds, panel: Panel) -> pd.DataFrame:
    rows = []
    for number, (done, given) in survey.items():
        for one, answers in zip(done, given, strict=True):
            rows.append(
                {
                    "round": number,
                    "ward": one.household.ward.code,
                    "cluster": one.household.cluster_code,
                    "weight": one.resident.adults / one.probability,
                    **{item: _favourable(answers[item]) for item in HEADLINES},
                }
            )
    return pd.DataFrame(rows)


def _favourable(answer: Answered | Missing) -> float | None:
    """Points 6 and 7 express no opinion."""
    if not isinstance(answer, Answered) or answer.value in (6, 7):
        return None
    return float(answer.value in (4, 5))


def test_the_headline_questions_show_a_rise_a_fall_no_change_and_a_doubt(
    survey: Rounds, panel: Panel
) -> None:
    design = stated_design(
        frame(survey, panel), weights="weight", strata="ward", clusters="cluster", rounds="round"
    )
    changes = [
        next(iter(round_changes(proportion(design, item, by=("round",)), earlier=2, later=3)))
        for item in HEADLINES
    ]
    told = headlines([(change, SMALLEST_CHANGE) for change in changes])
    verdicts = dict(zip(HEADLINES, (headline.verdict for headline in told), strict=True))
    assert verdicts == {
        "area_satisfaction": Verdict.NO_MATERIAL_CHANGE,
        "safe_dark": Verdict.MATERIAL_CHANGE,
        "backgrounds_get_on": Verdict.INCONCLUSIVE,
        "influence": Verdict.MATERIAL_CHANGE,
    }
    values = dict(zip(HEADLINES, (change.value for change in changes), strict=True))
    assert values["safe_dark"] > 0 > values["influence"]
