"""Questionnaires as data: parse, validate, route, version."""
