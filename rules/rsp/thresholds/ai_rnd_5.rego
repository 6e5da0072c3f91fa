# METADATA
# title: Dramatic acceleration of effective scaling
# description: >-
#   Says that the threshold counts as reached and names the Security Standard that it demands; no Deployment
#   Standard is attached to it.
package rules.thresholds.ai_rnd_5

import rego.v1

import data.conditions

findings contains {"threshold": status} if {
	conditions.ai_rnd_5_passed
	status := _status[input.ai_rnd.scaling_two_years_in_one]
}

findings contains {"standard": "security", "level": data.slice.thresholds.ai_rnd_5.terms.security_standard} if {
	conditions.ai_rnd_5_passed
	not conditions.safeguards_lowered
}

_status := {"shown": "reached", "not_ruled_out": "not ruled out", "not_tested": "not ruled out"}
