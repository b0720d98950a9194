"""What every mapping says, whichever kind of file it describes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.exchange.sheets import Format


class MappingKind(StrEnum):
    INDICATORS = "indicators"
    RESPONSES = "responses"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file comes from and under what terms it may be used."""

    title: str
    licence: str
    publisher: str | None = None
    attribution: str | None = None
    address: str | None = None
    agreement: str | None = None


@dataclass(frozen=True, slots=True)
class MappingHead:
    """`text` is the mapping as it was written, kept with every import that used it."""

    title: str
    source: Source
    form: Format
    ignored: Mapping[str, str]
    text: str
    note: str | None = None
