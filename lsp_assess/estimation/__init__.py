"""Survey numbers from data and a stated design; knows nothing of questionnaires."""
