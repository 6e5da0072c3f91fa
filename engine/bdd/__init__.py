"""Boolean formulas over what facts can be, by binary decision diagrams."""
