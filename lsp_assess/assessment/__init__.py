"""Level one: driver scores, agreement, change of matched partners."""
