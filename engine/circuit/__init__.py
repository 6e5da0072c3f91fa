"""One version of a policy as formulas over facts, one for every possible answer."""
