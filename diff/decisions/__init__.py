"""Differences between decisions, in every situation that facts can make."""
