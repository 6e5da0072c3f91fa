# METADATA
# title: ASL-3 by misuse
# description: >-
#   Names the domains in which the evaluations for misuse trigger. What follows stands in the response
#   policy, under outcomes.
package rules.thresholds.asl3_misuse

import rego.v1

import data.conditions

findings contains {"threshold": status, "subject": domain} if {
	some domain in data.slice.thresholds.asl3_misuse.terms.domains
	conditions.misuse_evaluation_triggered_in(domain)
	status := _status[_determinations[domain]]
}

findings contains {"threshold": _status[input.misuse.catastrophic_risk], "subject": "other"} if {
	input.misuse.catastrophic_risk in data.slice.thresholds.asl3_misuse.terms.determinations
}

_determinations := {
	"chemical": input.chemical.basic_uplift,
	"biological": input.biological.basic_uplift,
	"radiological": input.radiological.basic_uplift,
	"nuclear": input.nuclear.basic_uplift,
	"cyber": input.cyber.destructive_operations,
}

_status := {"shown": "reached", "not_ruled_out": "not ruled out"}
