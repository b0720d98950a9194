"""`lsp-assess questionnaires`: every error with code, file, line and remedy."""

from pathlib import Path

from click.testing import CliRunner, Result

from lsp_assess.cli.questionnaires import questionnaires

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests/questionnaires"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(questionnaires, [str(each) for each in arguments])


def copied(folder: Path, name: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text((TINY / path.name).read_text(encoding="utf-8"), encoding="utf-8")
    return path


def test_what_ships_is_correct() -> None:
    files = sorted((ROOT / "questionnaires").glob("*.yaml"))
    result = run("check", *files)
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == len(files) == 8


def test_what_ships_has_been_issued_and_cannot_change_unseen(tmp_path: Path) -> None:
    text = (ROOT / "questionnaires/lsp_driver.yaml").read_text(encoding="utf-8")
    changed = tmp_path / "lsp_driver.yaml"
    changed.write_text(text.replace("points: 200", "points: 210").replace("points: 150", "points: 140"))
    result = run("check", "--issued", ROOT / "questionnaires/issued.json", changed)
    assert "Q601" in result.output
    for path in (ROOT / "questionnaires").glob("*.yaml"):
        assert f'"{path.stem} 1.0"' in (ROOT / "questionnaires/issued.json").read_text(encoding="utf-8")


def test_an_error_is_told_with_code_file_line_and_remedy() -> None:
    result = run("check", TINY / "wrong/scales.yaml", TINY / "single.yaml")
    assert result.exit_code == 1
    assert (
        "wrong/scales.yaml:8: Q302 The scale “twice” has two points with the value 1\n    Give"
        in result.output
    )
    assert "wrong/scales.yaml:27: Q306 [b] Up to 3 may be chosen of only 2 choices" in result.output
    assert "single.yaml: correct (single 1.0)" in result.output
    assert result.output.endswith("13 errors\n")


def test_local_questions_find_what_they_extend_among_the_files() -> None:
    assert run("check", TINY / "local.yaml", TINY / "routing.yaml").exit_code == 0
    assert "Q603" in run("check", TINY / "local.yaml").output


def test_local_questions_find_what_ships(tmp_path: Path) -> None:
    local = tmp_path / "local.yaml"
    shipped = 'name: progress_wheel, version: "1.0"'
    local.write_text(
        f'name: ours\nversion: "1.0"\nextends: {{{shipped}}}\nsections:\n'
        "  - {name: ours, title: {en: Ours, cy: Ein}, items: [{name: mine, type: note, text: {en: A, cy: B}}"
        "]}\n",
        encoding="utf-8",
    )
    result = run("check", local)
    assert result.output == f"{local}: correct (ours 1.0)\n"


def test_an_issued_version_that_changed_is_an_error(tmp_path: Path) -> None:
    path = copied(tmp_path, "single")
    assert run("issue", path).exit_code == 0
    assert run("check", path).exit_code == 0
    path.write_text(
        path.read_text(encoding="utf-8").replace("{en: Better}", "{en: Improved}"), encoding="utf-8"
    )
    assert "Q602" in run("check", path).output
    assert run("issue", path).exit_code == 1


def test_a_wrong_questionnaire_is_not_issued(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("name: x\n", encoding="utf-8")
    assert run("issue", wrong).exit_code == 1
    assert not (tmp_path / "issued.json").exists()


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    result = run("check", path)
    assert result.exit_code == 1
    assert "not a text file" in result.output


def test_a_broken_list_of_issued_versions_is_refused(tmp_path: Path) -> None:
    path = copied(tmp_path, "single")
    for broken in ("{", "[]", '{"single": {}}', '{"single 1.0": 3}'):
        (tmp_path / "issued.json").write_text(broken, encoding="utf-8")
        result = run("check", path)
        assert result.exit_code == 1
        assert "not a list of issued versions" in result.output
