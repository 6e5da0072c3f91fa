"""OPA's intermediate representation: constants, statements, plans, their checks and dataflow."""
