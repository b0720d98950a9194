from enum import StrEnum
from importlib.resources import files

import pytest
import yaml

from lsp_assess.partnerships.areas import AreaStanding, AreaType
from lsp_assess.partnerships.organisations import PartnershipKind, Sector
from lsp_assess.partnerships.periods import PeriodType
from lsp_assess.partnerships.releases import ReleaseStatus
from lsp_assess.partnerships.retention import RetentionClass
from lsp_assess.partnerships.roles import Matching, Role
from lsp_assess.partnerships.rounds import CollectionEvent, CollectionStatus, RoundStatus

NAMED = {
    "area_type": AreaType,
    "area_standing": AreaStanding,
    "partnership_kind": PartnershipKind,
    "sector": Sector,
    "role": Role,
    "matching": Matching,
    "period_type": PeriodType,
    "collection_status": CollectionStatus,
    "collection_event": CollectionEvent,
    "round_status": RoundStatus,
    "release_status": ReleaseStatus,
    "retention": RetentionClass,
}


@pytest.mark.parametrize(("prefix", "names"), NAMED.items())
def test_every_name_of_the_domain_has_words(prefix: str, names: type[StrEnum]) -> None:
    catalogue = yaml.safe_load(
        files("lsp_assess.rendering").joinpath("wording/en/partnerships.yaml").read_text()
    )
    assert {f"{prefix}.{name}" for name in names} <= set(catalogue)
