"""Rules executed once over facts that are not fixed (symbolic execution)."""
