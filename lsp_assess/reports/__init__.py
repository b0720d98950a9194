"""The report model, and the tables that a release is made of; pure.

A round's tables
    Evidence(rounds, driver=, panels=, survey=, outcomes=, stories=, responses=, fieldwork=, actions=,
        objectives=, ends=) → tables_of(evidence) -> Draft → draft.gated(draft) -> Gated
    partners.Driver, survey.ResidentSurvey (survey_questions, askings, told make its questions),
    outcomes.OutcomeSeries, tables_stories.Stories, tables_panel.Panel, line.ObjectiveLinks: what goes in
    tables_*: RawTables of each; ids begin with the section (level_two.residents.change.shares.<round>)
A report
    comparative_report(releases, stories={id: StoryText}) -> Report(cover, sections, release_hashes, cite)
    model: Section(key, name, finding, blocks); Paragraph | Bullets | Subheading | Findings | TableBlock |
        StoryBlock | StoryGone | Nothing
    findings.choose(tables): page two; headings.finding_rule(table_id): the sentence over a table
charts/ the drawing of a SafeTable by its purpose
"""
