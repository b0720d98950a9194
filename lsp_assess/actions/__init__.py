"""One use case a verb: policy, change, audit event."""
