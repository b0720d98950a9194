"""Pages: parse, call an action, render."""
