"""Questionnaires of a partnership: those shipped, its own, and its own questions added to those."""

from collections.abc import Mapping
from functools import lru_cache

from lsp_assess.actions.importing import Upload
from lsp_assess.actions.work import Work
from lsp_assess.database import rounds as stored
from lsp_assess.database.instruments import instrument_of, issue
from lsp_assess.instruments import Instrument, Issued, content_hash, issued, parse
from lsp_assess.instruments.frameworks import Framework, parse_framework
from lsp_assess.kernel.errors import NotFound
from lsp_assess.shipped import shipped_folder

Key = tuple[str, str]


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, tuple[Instrument, str]]:
    """The questionnaires that come with the software, each with its text, by the hash of their content."""
    found = {}
    for path in sorted(shipped_folder("questionnaires").glob("*.yaml")):
        source = path.read_text(encoding="utf-8")
        instrument = parse(source, file=path.name)
        found[content_hash(instrument)] = (instrument, source)
    return found


@lru_cache(maxsize=1)
def frameworks() -> tuple[Framework, ...]:
    """Those of other bodies for which the shipped editions are evidence."""
    files = sorted((shipped_folder("questionnaires") / "frameworks").glob("*.yaml"))
    return tuple(parse_framework(path.read_text(encoding="utf-8"), file=path.name) for path in files)


def take_into_use(work: Work, hash_: str) -> Instrument:
    """A questionnaire that the partnership holds, or a shipped one, issued to it now."""
    work.check("coordinate")
    if stored.instrument_row(work.session, hash_) is not None:
        return instrument_of(work.session, hash_)
    if hash_ not in shipped():
        raise NotFound
    instrument, source = shipped()[hash_]
    _issue(work, instrument, source)
    return instrument


def add_questionnaire(work: Work, file: Upload) -> str:
    """Issue a partnership's own questionnaire, or its questions added to another; its hash. Raises Invalid
    with every error that the command line would tell, and nothing is written."""
    work.check("coordinate")
    source = file.text()
    known = {(one.name, one.version): one for one, _ in shipped().values()} | _held(work)
    versions: dict[Key, Issued] = {key: issued(instrument) for key, instrument in known.items()}
    instrument = parse(source, file=file.name, issued=versions, shipped=known)
    return _issue(work, instrument, source)


def viewed(work: Work, hash_: str) -> Instrument:
    """Held or shipped, to be looked at. Raises NotFound."""
    work.check("coordinate")
    if stored.instrument_row(work.session, hash_) is not None:
        return instrument_of(work.session, hash_)
    if hash_ in shipped():
        return shipped()[hash_][0]
    raise NotFound


def source_of(work: Work, hash_: str) -> str:
    """The text as it was taken in. Raises NotFound."""
    work.check("coordinate")
    row = stored.instrument_row(work.session, hash_)
    if row is not None:
        return row.source
    if hash_ in shipped():
        return shipped()[hash_][1]
    raise NotFound


def _held(work: Work) -> dict[Key, Instrument]:
    rows = stored.instrument_rows(work.session)
    return {(row.name, row.instrument_version): instrument_of(work.session, row.content_hash) for row in rows}


def _issue(work: Work, instrument: Instrument, source: str) -> str:
    hash_ = issue(work.session, instrument, source=source, at=work.now)
    work.record(
        "questionnaire_issued",
        object_kind="instrument",
        object_id=hash_,
        name=instrument.name,
        version=instrument.version,
    )
    return hash_
