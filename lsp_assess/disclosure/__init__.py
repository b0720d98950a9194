"""What may be published, and the SafeTable that only this package makes.

values      what a cell holds: Number, Estimate, Words, Moment, Light, Verdict, Strip, StoryReference
tables      RawTable (RawRow, RawCell) → SafeTable (Row, Cell, State), Column, Heading, Purpose, Role
rules       primary rules and Figure(key, rule): SmallGroup, SurveyCount, SurveyEstimate; none = public
gate        pass_gate(tables, relations) → Gated(tables, restricted): the one way to a SafeTable
complement  secondary suppression over Relation(total, parts)
release     ReleaseDocument, hashes, tombstones; encoding: canonical JSON

Words that are data (names, questions) are `kernel.messages.given(...)`; rendering shows the reader's
language. Percentages are 0 to 100.
"""
