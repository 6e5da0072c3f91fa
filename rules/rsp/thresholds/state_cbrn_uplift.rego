# METADATA
# title: Uplift of moderately resourced state programmes
# description: >-
#   Names the domains in which the threshold counts as reached and the ASL-4 Standards that the version expects
#   it to require.
package rules.thresholds.state_cbrn_uplift

import rego.v1

import data.conditions

findings contains {"threshold": status, "subject": domain} if {
	some domain in _terms.domains
	conditions.state_cbrn_uplift_passed_in(domain)
	status := _status[input[domain].state_uplift]
}

findings contains {"standard": "deployment", "level": _terms.deployment_standard} if {
	conditions.state_cbrn_uplift_passed
	not conditions.safeguards_lowered
}

findings contains {"standard": "security", "level": _terms.security_standard} if {
	conditions.state_cbrn_uplift_passed
	not conditions.safeguards_lowered
}

_terms := data.slice.thresholds.state_cbrn_uplift.terms

_status := {"shown": "reached", "not_ruled_out": "not ruled out", "not_tested": "not ruled out"}
