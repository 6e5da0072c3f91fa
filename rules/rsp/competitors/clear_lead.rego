# METADATA
# title: Delay while in the lead
# description: >-
#   A developer that leads clearly with a highly capable model keeps training, internal use and deployment
#   waiting until it can argue strongly that the danger is under control, or until its lead is gone.
package rules.competitors.clear_lead

import rego.v1

import data.conditions

findings contains {
	"gate": gate,
	"verdict": "closed",
	"reason": "in the lead, and no strong argument that risk is contained",
} if {
	conditions.delay_while_leading
	some gate in {"train", "use_internally", "deploy"}
}

findings contains {"status": "due"} if conditions.delay_while_leading

findings contains {"status": "met"} if {
	conditions.clear_lead
	input.competitors.containment_argument
}
