"""What builtins give for operands that are not fixed: exact forms over guarded unions."""
