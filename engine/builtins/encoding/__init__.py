"""Texts in other notations: base 64, hexadecimal, URLs, JSON, YAML."""
