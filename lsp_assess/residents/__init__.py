"""Level two, perceptions: samples, selection, visits, outcomes, response rates."""
