"""What a weight was after, told without what works it out."""

from enum import StrEnum


class WeightStage(StrEnum):
    """What a weight was after, in the order in which it is worked out."""

    DESIGN = "design"
    """Adults of the household ÷ chance of the address."""
    PANEL = "panel"
    """Times addresses issued ÷ interviewed, each by its chance, in every area; revisits apart from others."""
    RAKED = "raked"
    """To what is known of the population, where it is stated."""
    TRIMMED = "trimmed"
    """At most four times the mean, the surplus shared among the others."""
    FINAL = "final"
    """Raked again where it was raked; scaled to a mean of 1."""
