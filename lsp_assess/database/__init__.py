"""Tables, sessions, queries; nothing else knows SQL."""
