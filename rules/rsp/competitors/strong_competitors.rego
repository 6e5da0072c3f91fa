# METADATA
# title: Delay while behind the safety of competitors
# description: >-
#   With strong evidence that every competitor with such a model can argue strongly for its safety, development
#   and deployment of highly capable models wait until their posture is met or exceeded.
package rules.competitors.strong_competitors

import rego.v1

import data.conditions

findings contains {
	"gate": gate,
	"verdict": "closed",
	"reason": "the risk reduction of strong competitors is not yet matched",
} if {
	conditions.delay_behind_competitors
	some gate in {"train", "use_internally", "deploy"}
}

findings contains {"status": "due"} if conditions.delay_behind_competitors

findings contains {"status": "met"} if {
	conditions.competitors_strong
	input.competitors.posture_matched
}
