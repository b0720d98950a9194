"""What is built runs outside the checkout, with everything that it needs inside."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

PROJECT = Path(__file__).parents[2]
FOLDERS = ("questionnaires", "migrations", "templates", "docs/examples")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel; what the project depends on is lent by this one."""
    folder = tmp_path_factory.mktemp("installation")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    (site,) = (folder / "venv" / "lib").glob("python3*/site-packages")
    python = folder / "venv" / "bin" / "python"
    uv = Path(sysconfig.get_path("scripts")) / "uv"
    install = [
        str(uv),
        "pip",
        "install",
        "--quiet",
        "--offline",
        "--no-deps",
        "--python",
        str(python),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    # Behind the wheel on the path, and its own .pth files are not read: the checkout stays unseen.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def run(installation: Path, *command: str, **settings: str) -> str:
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(installation / "venv" / "bin" / command[0]), *command[1:]],
        cwd=installation,
        env=environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_installed_code_is_the_wheels(installation: Path) -> None:
    where = run(installation, "python", "-c", "import lsp_assess; print(lsp_assess.__file__)")
    assert Path(where.strip()).is_relative_to(installation)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_shipped_folder_is_whole(installation: Path, folder: str) -> None:
    said = run(
        installation,
        "python",
        "-c",
        "import sys; from lsp_assess.shipped import shipped_folder; print(shipped_folder(sys.argv[1]))",
        folder,
    )
    shipped = Path(said.strip())
    assert shipped.is_relative_to(installation)
    assert files_of(shipped) == files_of(PROJECT / folder)
    assert files_of(shipped)


def files_of(folder: Path) -> set[str]:
    return {
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }


def test_the_pages_find_their_assets_and_the_report_its_fonts(installation: Path) -> None:
    (package,) = (installation / "venv" / "lib").glob("python3*/site-packages/lsp_assess")
    for folder in ("web/static", "rendering/fonts", "rendering/wording"):
        ours = {name for name in files_of(PROJECT / "lsp_assess" / folder) if not name.endswith(".py")}
        assert ours
        assert ours <= files_of(package / folder)


def test_the_shipped_questionnaires_are_found_sound_by_the_installed_command(installation: Path) -> None:
    (package,) = (installation / "venv" / "lib").glob("python3*/site-packages/lsp_assess")
    questionnaires = sorted(str(file) for file in (package / "_shipped" / "questionnaires").glob("*.yaml"))
    assert len(questionnaires) >= 6
    run(installation, "lsp-assess", "questionnaires", "check", *questionnaires)


def test_the_installed_command_makes_and_migrates_its_own_database(installation: Path) -> None:
    instance = Path(mkdtemp(prefix="lsp-wheel-"))
    instance.chmod(0o755)  # for the account without rights that runs PostgreSQL for root
    for _again in range(2):
        run(installation, "lsp-assess", "migrate", LSP_INSTANCE=str(instance))
    assert (instance / "postgres" / "data" / "PG_VERSION").read_text().strip() == "18"
    rmtree(instance)


def test_the_figures_of_the_demonstration_are_inside(installation: Path) -> None:
    read = "from lsp_assess.demonstration.figures import FILES, file_of, mapping_of"
    count = "print(sum(bool(file_of(name).content and mapping_of(name).content) for name in FILES))"
    assert run(installation, "python", "-c", f"{read}; {count}").strip() == "8"
