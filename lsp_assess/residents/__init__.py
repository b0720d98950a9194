"""The resident survey's fieldwork: samples, selection of one adult, visits, outcomes, response rates.

selection  SelectionRule (kish | last_birthday | next_birthday), kish_table(position),
           kish_select(table, adults), select_by_birthday(birthdays, on=, rule=), instruction(rule),
           whom_to_ask(table, adults)
visits     VisitOutcome, CaseStatus, TRANSITIONS, after_visit, case_status, final_outcome(visits), TWO_TAPS
outcomes   Disposition, AAPOR_CODES, response_rates(outcomes) -> ResponseRates(rr1, rr2, refusal, counts)
sample     SampleRow, check_row, check_sample, design_weight(adults=, probability=)
"""
