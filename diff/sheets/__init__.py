"""Differences for one fact sheet: a case, a timeline, a bisection."""
