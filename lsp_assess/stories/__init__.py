"""Level three: value-added stories, grades, the publication rule."""
