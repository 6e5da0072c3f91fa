"""Differences between records: which commitments changed, and their lives."""
