"""Long work, with progress."""
