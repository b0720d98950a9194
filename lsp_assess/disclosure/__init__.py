"""What may be published, and the SafeTable that only this package makes.

values      what a cell holds: Number, Estimate, Words, Moment, Light, Verdict, Strip, StoryReference
tables      RawTable (RawRow, RawCell) → SafeTable (Row, Cell, State), Column, Heading, Purpose, Role
rules       primary rules and Figure(key, rule): SmallGroup, SurveyCount, SurveyEstimate; none = public
gate        pass_gate(tables, relations) → Gated(tables, restricted): the one way to a SafeTable
complement  secondary suppression over Relation(total, parts)
rounding    what is shown, once, half up, so that no number leads back to a count
narrowing   only_rounds(table, rounds, finding=) leaves columns and rows out
release     ReleaseDocument (metadata, tables, stories by reference), StoryText, hashes, tombstones
stored_release  write_release/read_release (verifies every hash), write_story/read_story, write_restricted
encoding, decoding  canonical JSON

Words that are data (names, questions) are `kernel.messages.given(...)`; rendering shows the reader's
language. Percentages are 0 to 100.
"""
