"""What every package may use: ids, the clock, messages, errors."""
