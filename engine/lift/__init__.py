"""Rego plans executed over facts that are not fixed: from rules to boolean formulas."""
