"""The one way from a questionnaire's text to an Instrument."""

from collections.abc import Mapping
from types import MappingProxyType

from lsp_assess.instruments.hashes import Issued, content_hash, structure_hash
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.reading.nodes import Node, from_plain
from lsp_assess.instruments.reading.questionnaire import Shipped, read_questionnaire
from lsp_assess.instruments.reading.report import Report
from lsp_assess.instruments.reading.yaml_text import read_yaml
from lsp_assess.kernel.errors import Invalid

IssuedVersions = Mapping[tuple[str, str], Issued]
_NONE: Mapping[tuple[str, str], Issued] = MappingProxyType({})
_NO_INSTRUMENT: Mapping[tuple[str, str], Instrument] = MappingProxyType({})


def parse(
    text: str, *, file: str, issued: IssuedVersions = _NONE, shipped: Shipped = _NO_INSTRUMENT
) -> Instrument:
    """Raises Invalid with every problem. `issued`: what may not change any more. `shipped`: the
    questionnaires that a file of local questions may extend, by name and version."""
    return _checked(read_yaml(text, file=file), file, issued, shipped)


def parse_document(stored: Mapping[str, object], *, file: str = "stored questionnaire") -> Instrument:
    """The instrument that `document` wrote."""
    return _checked(from_plain(dict(stored)), file, _NONE, _NO_INSTRUMENT)


def _checked(node: Node, file: str, issued: IssuedVersions, shipped: Shipped) -> Instrument:
    report = Report(file)
    instrument = read_questionnaire(node, report, shipped)
    if instrument is not None and not report.problems:
        _check_issued(instrument, issued, report, node.line)
    if instrument is None or report.problems:
        raise Invalid(*report.told())
    return instrument


def _check_issued(instrument: Instrument, issued: IssuedVersions, report: Report, line: int) -> None:
    known = issued.get((instrument.name, instrument.version))
    if known is None or known.content == content_hash(instrument):
        return
    code = "Q602" if known.structure == structure_hash(instrument) else "Q601"
    report.add(code, line, name=instrument.name, version=instrument.version)
