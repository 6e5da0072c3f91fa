# METADATA
# title: Uplift of people with a basic technical background
# description: >-
#   Names the domains in which the threshold counts as reached and the standards that it then demands. Which
#   domains, which determinations and how grave the weapons must be stand in the record.
package rules.thresholds.basic_cbrn_uplift

import rego.v1

import data.conditions

findings contains {"threshold": status, "subject": domain} if {
	some domain in _terms.domains
	conditions.basic_uplift_crossed_in(domain)
	status := _status[input[domain].basic_uplift]
}

findings contains {"standard": "deployment", "level": _terms.deployment_standard} if {
	conditions.basic_uplift_crossed
	not conditions.safeguards_lowered
}

findings contains {"standard": "security", "level": _terms.security_standard} if {
	conditions.basic_uplift_crossed
	not conditions.safeguards_lowered
}

_terms := data.slice.thresholds.basic_cbrn_uplift.terms

_status := {"shown": "reached", "not_ruled_out": "not ruled out", "not_tested": "not ruled out"}
