"""The report model: findings, tables, chart specifications, footnotes."""
