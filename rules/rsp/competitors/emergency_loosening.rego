# METADATA
# title: Restrictions loosened in an extreme emergency
# description: >-
#   Says that the restrictions are loosened. What the clause asks for stands in `emergency_loosened`; the
#   gates follow because loosened measures no longer count as lacking.
package rules.competitors.emergency_loosening

import rego.v1

import data.conditions

findings contains {
	"gate": gate,
	"verdict": "open",
	"reason": "the restrictions are loosened in an extreme emergency",
} if {
	conditions.emergency_loosened
	some gate in data.scale.gates
}
