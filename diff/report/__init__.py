"""Comparisons put together, and put into words."""
