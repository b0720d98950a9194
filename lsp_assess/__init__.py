"""Self-assessment, resident survey and value-added stories of partnerships, round on round."""
