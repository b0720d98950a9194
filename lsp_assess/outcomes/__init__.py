"""Outcome indicators: what they are, their lights, direction, ratio trap, and the line between the levels.

Values come as Decimal and are reckoned as Fraction, so that what lies on a line lies on it.

indicators  Polarity, Tolerance, Kind, Origin, Sharedness, Season, Frequency, Indicator, Measurement, NoValue,
            SeriesBreak
trajectory  PlanPoint, PlanLine, LineStanding, check_plan, the_line, expected(line, on) -> Expected | None
lights      read_light(measurement, indicator=, line=, on=) -> Reading(light, expected, d, why_grey); bands,
            distance, is_late
direction   direction_of_travel(series, indicator=, breaks=, aim=) -> Travel(direction, movement, change,
            since)
ratio       split_change(numerators=, denominators=), ratio_change(earlier, later) -> RatioChange(.driver,
            .flag)
status      Child, objective_status(children) -> Status(colour, score, coverage, worst, capped_by)
line        Strand, direction_agreement(first, second, lag=), agreements_of(strands)
"""
