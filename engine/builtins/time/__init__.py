"""Times and durations."""
