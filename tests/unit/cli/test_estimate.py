"""`lsp-assess estimate`: figures of a file, as the package itself makes them; errors in words."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from lsp_assess import estimation
from lsp_assess.cli import main
from lsp_assess.estimation import Lonely, Statistic

DESIGN = ("--weights", "w", "--strata", "ward", "--clusters", "psu")
ROWS = """ward,psu,w,round,sex,q1,q2
A,a1,1.5,1,f,4,2
A,a1,1.0,1,m,5,3
A,a2,2,1,f,2,.refused
A,a2,2,2,m,2,4
A,a1,2,2,f,4,
B,b1,1,1,m,3,2
B,b2,1,1,f,1,.outside_6
B,b1,1,2,m,5,2
B,b2,1,2,f,5,2
"""
HEADING = "item statistic ward n value se df 95 % interval method deff eff. n"
SCALE = estimation.scale(["1", "2", "3", "4", "5"])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def frame() -> pd.DataFrame:
    read = pd.read_csv(io.StringIO(ROWS), dtype={"q1": str})
    return read.assign(q2=pd.to_numeric(read["q2"], errors="coerce"), n1=read["q1"].astype(float))


def run(data: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["estimate", str(data), *options])


def told(data: Path, *options: str) -> dict[str, Any]:
    done = run(data, *options, "--format", "json")
    assert done.exit_code == 0, done.output
    document: dict[str, Any] = json.loads(done.output)
    return document


def design_of(frame: pd.DataFrame, **more: Any) -> estimation.Design:
    return estimation.stated_design(frame, weights="w", strata="ward", clusters="psu", **more)


def numbers(made: Sequence[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(one[name] for name in names) for one in made]


def test_a_mean_by_domain_is_that_of_the_package_to_the_last_digit(data: Path, frame: pd.DataFrame) -> None:
    made = estimation.mean(design_of(frame), "q2", by=("sex",)).estimates
    found = told(data, *DESIGN, "--mean", "q1,q2", "--by", "sex")["estimates"]
    assert [one["item"] for one in found] == ["q1", "q1", "q2", "q2"]
    assert numbers(found[2:], "value", "se", "df", "lower", "upper", "n", "effective_n") == [
        (one.value, one.se, one.df, one.lower, one.upper, one.n, one.effective_n) for one in made
    ]
    assert [one["domain"] for one in found[2:]] == [{"sex": "f"}, {"sex": "m"}]


def test_who_does_not_meet_a_condition_stays_in_the_design(data: Path, frame: pd.DataFrame) -> None:
    there = frame["psu"] != "a2"
    held = estimation.mean(design_of(frame.assign(q2=frame["q2"].where(there))), "q2").estimates[0]
    dropped = estimation.mean(design_of(frame[there], lonely=Lonely.REMOVE), "q2").estimates[0]
    found = told(data, *DESIGN, "--mean", "q2", "--where", "psu=a1|b1|b2")["estimates"][0]
    assert (found["value"], found["se"], found["n"]) == (held.value, held.se, held.n)
    assert found["se"] != dropped.se


def test_shares_balance_and_distribution_are_those_of_the_scale(data: Path, frame: pd.DataFrame) -> None:
    made = estimation.distribution(design_of(frame), "q1", scale=SCALE)
    top, net = made.pick(Statistic.TOP), made.pick(Statistic.NET)
    found = told(data, *DESIGN, "--share", "q1=4|5", "--net", "q1=4|5:1|2")["estimates"]
    assert numbers(found, "item", "statistic") == [("q1=4|5", "share"), ("q1=4|5:1|2", "net")]
    assert [one["value"] for one in found] == pytest.approx([top.value, net.value], rel=1e-12)
    assert [one["se"] for one in found] == pytest.approx([top.se, net.se], rel=1e-12)
    whole = told(data, *DESIGN, "--distribution", "q1=1|2|3|4|5")["estimates"]
    assert [one["value"] for one in whole] == [one.value for one in made.estimates]
    shares = told(data, *DESIGN, "--share", "q1")["estimates"]
    assert [one["category"] for one in shares] == ["1", "2", "3", "4", "5"]
    assert sum(one["value"] for one in shares) == pytest.approx(1)


def test_it_needs_no_database_no_server_and_no_settings() -> None:
    program = (
        "import sys, lsp_assess.cli.estimate;"
        "print(*({'sqlalchemy', 'psycopg', 'flask', 'lsp_assess.config'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_totals_and_ratios(data: Path, frame: pd.DataFrame) -> None:
    total = estimation.total(design_of(frame), "n1").estimates[0]
    ratio = estimation.ratio(design_of(frame), numerator="q2", denominator="n1").estimates[0]
    found = told(data, *DESIGN, "--total", "q1", "--ratio", "q2/q1")["estimates"]
    assert {one["statistic"]: (one["value"], one["se"]) for one in found} == {
        "total": (total.value, total.se),
        "ratio": (ratio.value, ratio.se),
    }


def test_a_median_stands_with_its_interval_and_without_a_change(data: Path, frame: pd.DataFrame) -> None:
    made = estimation.quantiles(design_of(frame, rounds="round"), "n1", by=("round",))
    document = told(data, *DESIGN, "--median", "q1", "--change", "round")
    assert numbers(document["estimates"], "statistic", "category", "value", "lower", "upper") == [
        ("median", one.category, one.value, one.lower, one.upper) for one in made
    ]
    assert document["changes"] == []
    assert document["notes"] == ["q1: the change of a median is not estimated."]


def test_a_change_is_taken_with_the_covariance_of_the_clusters_that_both_rounds_share(
    data: Path, frame: pd.DataFrame
) -> None:
    made = estimation.mean(design_of(frame, rounds="round"), "n1", by=("round", "sex"))
    changes = estimation.round_changes(made, earlier=1, later=2)
    found = told(data, *DESIGN, "--mean", "q1", "--by", "sex", "--change", "round")["changes"]
    assert numbers(found, "value", "se", "p", "covariance", "shared_clusters") == [
        (one.value, one.se, one.p, one.c12, one.shared_clusters) for one in changes
    ]
    assert numbers(found, "earlier", "later") == [(1, 2), (1, 2)]
    assert any(one["covariance"] for one in found)


def test_the_last_round_is_compared_with_each_before_it(tmp_path: Path) -> None:
    path = tmp_path / "rounds.csv"
    path.write_text("round,q\n" + "".join(f"{r},{r + q}\n" for r in (2, 10, 1) for q in range(4)))
    found = told(path, "--simple", "--mean", "q", "--change", "round")["changes"]
    assert numbers(found, "earlier", "later", "value") == [(1, 10, 9.0), (2, 10, 8.0)]


def test_a_round_without_any_of_a_domain_is_told_and_the_others_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "rounds.csv"
    path.write_text(
        "round,area,q\n" + "".join(f"{r},{'N' if r > 1 else ''},{r + q}\n" for r in (1, 2, 3) for q in (1, 4))
    )
    document = told(path, "--simple", "--mean", "q", "--by", "area", "--change", "round")
    assert numbers(document["changes"], "earlier", "later", "value") == [(2, 3, 1.0)]
    assert document["notes"][1].startswith("q: No estimate stands in both rounds, 1 and 3")


def test_a_simple_random_sample_is_chosen_and_says_so(data: Path) -> None:
    document = told(data, "--simple", "--mean", "q1")
    assert "simple random sample" in document["notes"][0]
    assert "simple random sample" in run(data, "--simple", "--mean", "q1").output
    nothing = run(data, "--mean", "q1")
    assert nothing.exit_code == 2
    assert "No part of the survey's design is stated" in nothing.output


def test_clusters_numbered_afresh_in_each_stratum_have_to_be_declared(tmp_path: Path) -> None:
    path = tmp_path / "nested.csv"
    path.write_text("s,c,q\nA,1,1\nA,2,2\nB,1,3\nB,2,5\n")
    stated = ("--strata", "s", "--clusters", "c", "--mean", "q")
    assert "lies in more than one stratum" in run(path, *stated).output
    assert told(path, *stated, "--nested")["estimates"][0]["df"] == 2


def test_two_stages_are_stated_with_a_comma_between(tmp_path: Path) -> None:
    path = tmp_path / "stages.csv"
    rows = [(s, c, h, n) for n, (s, c, h) in enumerate((s, c, h) for s in "AB" for c in "12" for h in "xyz")]
    path.write_text("s,c,h,q,n1,n2\n" + "".join(f"{s},{s}{c},{h},{q * q},4,9\n" for s, c, h, q in rows))
    stated = ("--strata", "s", "--clusters", "c,h", "--mean", "q")
    one = told(path, *stated, "--fpc", "n1")["estimates"][0]["se"]
    two = told(path, *stated, "--fpc", "n1,n2")["estimates"][0]["se"]
    read = pd.read_csv(path)
    design = estimation.stated_design(read, strata="s", clusters=("c", "h"), fpc=("n1", "n2"))
    assert two == estimation.mean(design, "q").estimates[0].se
    assert two > one


def test_the_table_tells_doubts_in_words_below(data: Path) -> None:
    said = run(data, *DESIGN, "--share", "q1=4|5", "--by", "ward").output
    lines = said.splitlines()
    assert lines[1].split() == HEADING.split()
    assert lines[2].startswith("q1=4|5  share      A     5  ")
    assert lines[2].split()[-1] == "abcd"
    assert "a  fewer than 30 answers" in lines
    assert max(map(len, lines)) < 120


def test_csv_holds_every_digit_and_no_cell_of_it_begins_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    path.write_text('=cmd,q\n"=1+1",1\n"@x",2\n"=1+1",3\n"@x",5\n')
    done = run(path, "--simple", "--mean", "q", "--by", "=cmd", "--format", "csv")
    header, *rows = list(csv.reader(io.StringIO(done.stdout)))
    assert header[:6] == ["kind", "item", "statistic", "category", "'=cmd", "n"]
    assert [row[4] for row in rows] == ["'=1+1", "'@x"]
    assert [float(row[header.index("se")]) for row in rows] == pytest.approx([(2 / 3) ** 0.5, 1.5**0.5])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is nothing in the file."),
        (b"q,w\n", "The file has a header and no rows."),
        (b"q,w\n1,2\n\xff,3\n", "line 3"),
        ("q,w\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"q;w\n1;2\n", "its name holds “;”. Save the file with commas"),
        (b"q,w\n1,2,3\n", "row 2: The row has 3 cells where the header has 2."),
        (b'q,w\n"1,2\n', "quotation mark"),
        (b"q,w\n1,2\nyes,3\n", "data.csv, row 3, column q, value “yes”"),
        (b"q,w\n1,2\nnan,3\n", "data.csv, row 3, column q, value “nan”"),
        (b"q,w\n1,2\ninf,3\n", "data.csv, row 3, column q, value “inf”"),
        (b"q,w\n1,-2\n2,3\n", "must be numbers of 0 or more"),
        (b"q,w\n1,\n2,3\n", "describes the survey's design and is empty in some rows: 1"),
        (b"q,v\n1,2\n", "row 1, column w: The column “w” does not exist."),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_words(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    done = run(path, "--weights", "w", "--mean", "q")
    assert done.exit_code == 2
    assert said in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_lonely_stratum_is_named_until_a_rule_is_chosen(data: Path) -> None:
    stated = ("--weights", "w", "--strata", "psu", "--clusters", "psu", "--mean", "q1")
    refused = run(data, *stated)
    assert refused.exit_code == 2
    assert "a1, a2, b1, b2" in refused.output
    assert run(data, *stated, "--lonely", "adjust").exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--weights", "w"), "Nothing is asked"),
        (("--simple", "--weights", "w", "--mean", "q1"), "nothing of the design is known"),
        (("--units", "psu", "--weights", "w", "--mean", "q1"), "--units goes with --simple"),
        (("--weights", "w", "--ratio", "q1"), "numerator/denominator"),
        (("--weights", "w", "--net", "q1=4|5"), "column=4|5:1|2"),
        (("--weights", "w", "--distribution", "q1"), "least favourable first"),
        (("--weights", "w", "--mean", "q1", "--where", "sex"), "column=code|code"),
        ((*DESIGN, "--distribution", "q1=1|2|3"), "“4” in the column"),
    ],
)
def test_what_is_wrong_with_the_question_is_said_in_words(
    data: Path, options: tuple[str, ...], said: str
) -> None:
    done = run(data, *options)
    assert done.exit_code == 2
    assert said in done.output


def test_one_round_alone_has_no_change(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("round,q\n1,2\n1,3\n")
    done = run(path, "--simple", "--mean", "q", "--change", "round")
    assert done.exit_code == 2
    assert "No estimate stands in both rounds" in done.output
