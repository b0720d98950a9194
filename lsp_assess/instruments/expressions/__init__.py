"""The closed language of routing and base rules: parsed into a tree, never run as code."""
