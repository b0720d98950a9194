"""The adults of Marrowdale, as its council is supposed to know them: by ward, sex and age.

Assumed: as many adults in a household as where the residents are drawn from, and sexes and ages as there.
"""

from lsp_assess.demonstration.places import CLUSTER_ADDRESSES, WARDS
from lsp_assess.demonstration.residents import ADULTS, AGES, FEMALE_SHARE
from lsp_assess.residents.population import AREA, Population

SOURCE = "Marrowdale Council, estimates of the adult population (fictitious)"
OLDEST = 75


def population() -> Population:
    in_a_household = sum(adults * share for adults, share in ADULTS.items())
    wards = {ward.code: round(ward.clusters * CLUSTER_ADDRESSES * in_a_household) for ward in WARDS}
    everybody = sum(wards.values())
    sexes = {"female": round(everybody * FEMALE_SHARE), "male": round(everybody * (1 - FEMALE_SHARE))}
    ages = {_band(*band): round(everybody * share) for band, share in AGES.items()}
    return Population(SOURCE, {AREA: wards, "sex": sexes, "age_group": ages})


def _band(first: int, last: int) -> str:
    return f"{first}_and_over" if first >= OLDEST else f"{first}_to_{last}"
