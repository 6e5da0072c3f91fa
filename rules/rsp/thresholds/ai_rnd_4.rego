# METADATA
# title: Full automation of an entry-level remote researcher
# description: >-
#   Says that the threshold counts as reached and names the Security Standard that it demands; no Deployment
#   Standard is attached to it.
package rules.thresholds.ai_rnd_4

import rego.v1

import data.conditions

findings contains {"threshold": status} if {
	conditions.ai_rnd_4_passed
	status := _status[input.ai_rnd.entry_level_researcher]
}

findings contains {"standard": "security", "level": data.slice.thresholds.ai_rnd_4.terms.security_standard} if {
	conditions.ai_rnd_4_passed
	not conditions.safeguards_lowered
}

_status := {"shown": "reached", "not_ruled_out": "not ruled out", "not_tested": "not ruled out"}
