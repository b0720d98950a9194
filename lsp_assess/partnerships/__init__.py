"""Organisations, seats, members, areas, periods, rounds and their life."""
