"""A policy bound to its rules: loading, compiling, deciding, cases, integrity, coverage."""
