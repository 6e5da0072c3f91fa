"""Strings, and values put into words."""
