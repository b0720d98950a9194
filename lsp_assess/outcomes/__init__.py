"""Level two, facts: indicators, trajectories, lights."""
