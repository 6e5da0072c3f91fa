"""Rego as text, and all that touches regopy: planning, its own evaluation, tests beside rules."""
