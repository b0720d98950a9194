"""Level one: from a person's scores to the partnership's points, and what the meeting made of them.

All scores are exact (Fraction); `display` rounds once, half up.

scores     person_scores(instrument, answers) -> {item: Fraction | MissingKind}; person_attributes;
           Respondent(key, organisation, scores, attributes); from_attributes (statement → attribute →
           element → part → cap)
reckoning  reckon(model, {item: Fraction}) -> Result(criteria, possible, total | None, coverage)
editions   frame_of, corresponding(instrument, frame), percentages(criteria, scores): a criterion followed
           from one edition to another
parts      summarise_parts(model, people) -> PartSummary(median, spread, strip, missing, talk); medians,
           partnership_result(model, people)
consensus  AgreedScore, check_agreed, agreed_result, moved; MeetingFinding, ranked (impact × feasibility)
change     part_changes(items, before, after, threshold=) -> PartChange(matched, before, after, paired: counts
           and exact tests on organisations, shown); side_by_side
agreement  part_agreement(scores, scale) -> rwg, average deviation from the median
blinding   sight_of_others(role, status) -> nothing | spread
display    display(value, places=) -> Decimal
"""
