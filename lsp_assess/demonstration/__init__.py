"""The fictitious partnership, from a seed."""
