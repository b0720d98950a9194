"""The fictitious partnership, from a seed (docs/demonstration.md).

What is assumed stands at the head of the module that makes it:

    chance             streams and ids from the seed        timetable          when things happen
    people, staff      seats, holders, who works there      places             wards, groups, clusters
    driver_scores      the driver                           partner_opinions   wheel, value added
    meeting            what was agreed                      remarks            what partners write
    panel, residents   samples and who was selected         weights            stages of the weights
    opinions, circumstances, interviews                     what residents answer
    doorsteps          visits, and the open round           stories            stories and their grades
    figures, plans     real figures as they came out; invented targets, objectives and actions
    accounts           sign-ins of this installation

`load_*` write it, `loading.load` in order, `progress.steps_left` says what is missing.
"""
