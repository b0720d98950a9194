"""Which keys may stand where. The published schema says the same (a test compares the two)."""

from types import MappingProxyType

from lsp_assess.instruments.items import ItemType

_BOTH = frozenset(
    {"name", "version", "languages", "title", "minutes", "information_sheet", "privacy_notice", "scales"}
    | {"sections", "derived", "crosswalk"}
)
QUESTIONNAIRE = _BOTH | {"kind", "source_language", "scoring", "wheel", "based_on"}
EXTENSION = _BOTH | {"extends"}
SCALE = frozenset({"points", "range", "neutral", "positive", "negative", "missing"})
POINT = frozenset({"value", "label", "description", "opinion"})
STEPS = frozenset({"from", "to", "step"})
RANGE = frozenset({"from", "to"})
SECTION = frozenset({"name", "title", "intro", "show_if", "after", "items"})
CHOICE = frozenset({"value", "label", "exclusive", "opinion"})
ROW = frozenset({"name", "text", "attribute"})
BASE = frozenset({"of", "text"})
DERIVED = frozenset({"name", "sum_of", "high", "text", "headline", "links"})
SCORING = frozenset(
    {"scale", "minimum_coverage", "spread_to_discuss", "criteria", "elements", "caps", "crosswalk"}
)
CRITERION = frozenset({"number", "name", "group", "points", "title", "parts"})
PART = frozenset({"item", "share", "detail"})
ELEMENT = frozenset({"name", "title", "attributes"})
ATTRIBUTE = frozenset({"name", "title"})
SCORING_CROSSWALK = frozenset({"to", "criteria", "note"})
CROSSWALK_TO = frozenset({"name", "version"})
CORRESPONDING = frozenset({"name", "title", "parts"})
CORRESPONDING_PART = frozenset({"item", "share"})
WHEEL = frozenset({"items", "from", "to"})
CROSSING = frozenset({"to_version", "item", "there", "kind", "mapping", "note"})
EXTENDS = frozenset({"name", "version", "structure"})

_NOTE = frozenset({"name", "type", "text", "show_if"})
_COMMON = _NOTE | frozenset(
    {"help", "required", "missing", "base", "sensitivity", "purpose", "headline", "links"}
)
ITEM = MappingProxyType(
    {
        ItemType.SINGLE: _COMMON | {"choices"},
        ItemType.MULTIPLE: _COMMON | {"choices", "maximum"},
        ItemType.SCALE: _COMMON | {"scale", "statements"},
        ItemType.GRID: _COMMON | {"scale", "rows"},
        ItemType.NUMBER: _COMMON | {"range", "decimals", "unit"},
        ItemType.DATE: _COMMON | {"range"},
        ItemType.SHORT_TEXT: _COMMON | {"length"},
        ItemType.LONG_TEXT: _COMMON | {"length"},
        ItemType.CONSENT: _COMMON | {"consent"},
        ItemType.NOTE: _NOTE,
    }
)
ANY_ITEM = frozenset().union(*ITEM.values())
FRAMEWORK = frozenset({"name", "languages", "title", "criteria"})
FRAMEWORK_CRITERION = frozenset({"name", "title", "text", "parts"})
