"""Level three: value-added stories, their grades, consents and standing.

grades     Contribution and Evidence (0–4), Grade, check_rater, summarise -> GradeSummary(.adds_value)
consents   ConsentRecord, ConsentState, consent_state, allows(records, to)
selection  Decision(choice, reason), Candidate, standing -> Standing, count_stories -> StoryCounts(reasons)
links      StoryLink(target, code, relation)
"""
