"""A file that is there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp


@contextmanager
def half_written(path: Path) -> Iterator[Path]:
    """Another file beside its place, to be filled; gone when that fails. For its owner's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    half = Path(name)
    try:
        yield half
    except BaseException:
        half.unlink()
        raise
    half.replace(path)
