"""A backup is a folder: the database, the heads of the audit chains, a manifest, and the sums of them all,
which `sha256sum --check SHA256SUMS` verifies too. It is there whole or not at all."""

import hmac
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp

from lsp_assess.config import Config

DATABASE, HEADS, MANIFEST, SUMS = "database.dump", "audit-heads", "manifest.json", "SHA256SUMS"
NAME = "lsp-assess-%Y%m%dT%H%M%S.%fZ"
NAMED = re.compile(r"lsp-assess-\d{8}T\d{6}\.\d{6}Z")
HALF = ".half-"


class Damaged(Exception):
    """It is not a backup, or not as it was written."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`secrets` are fingerprints by name: enough to tell whether a site has the same, and no more."""

    made_at: str
    version: str
    migration: str
    secrets: Mapping[str, str]


@contextmanager
def written(folder: Path, *, at: datetime) -> Iterator[Path]:
    """A folder to write into; at the end it is summed, brought to the disk and named `Path.name`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = Path(mkdtemp(prefix=HALF, dir=folder))  # 0700
    try:
        yield half
        (half / SUMS).write_text("".join(f"{sum_}  {name}\n" for name, sum_ in _sums(half).items()))
        for path in (*sorted(half.rglob("*")), half):
            _sync(path)
        half.rename(folder / at.astimezone(UTC).strftime(NAME))
        _sync(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def write_manifest(half: Path, manifest: Manifest) -> None:
    (half / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")


def verified(backup: Path) -> Manifest:
    """Raises Damaged where anything is missing, added or altered."""
    try:
        lines = (backup / SUMS).read_text(encoding="utf-8").splitlines()
        noted = {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}
        manifest = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as unreadable:
        raise Damaged(f"{backup} is not a whole backup") from unreadable
    found = _sums(backup)
    if wrong := sorted(name for name in found.keys() | noted if found.get(name) != noted.get(name)):
        raise Damaged(f"{backup} is not as it was written: {', '.join(wrong)}")
    return Manifest(**manifest)


def expire(folder: Path, *, before: datetime) -> list[str]:
    """Take away what was made before that, and what a killed backup left of that age; the names of what
    was whole."""
    limit = before.astimezone(UTC).strftime(NAME)
    old = [path for path in folder.iterdir() if NAMED.fullmatch(path.name) and path.name < limit]
    for path in old:
        going = path.rename(folder / f"{HALF}{path.name}")  # at no time is there half of one under its name
        shutil.rmtree(going)
    for path in folder.glob(f"{HALF}*"):
        if path.stat().st_mtime < before.timestamp():
            shutil.rmtree(path)
    return sorted(path.name for path in old)


def fingerprints(config: Config, *, made_at: str) -> dict[str, str]:
    """Keyed by the secret itself over the moment: of a random secret nothing can be told from it."""
    secrets = {
        "LSP_SECRET_KEY": config.secret_key,
        "LSP_PASSWORD_SALT": config.password_salt,
        **{f"LSP_TOTP_SECRETS {number}": secret for number, secret in config.totp_secrets.items()},
    }
    return {
        name: hmac.digest(secret.encode(), f"{name} {made_at}".encode(), "sha256").hex()
        for name, secret in secrets.items()
    }


def _sums(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != SUMS:
            with path.open("rb") as file:
                found[str(path.relative_to(folder))] = file_digest(file, "sha256").hexdigest()
    return found


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
