"""What may be published, and the SafeTable that only this package makes."""
