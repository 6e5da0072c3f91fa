"""The policies that ship with the package, one folder each."""

DEFAULT = "rsp"
"""The one that is meant where none is named."""
