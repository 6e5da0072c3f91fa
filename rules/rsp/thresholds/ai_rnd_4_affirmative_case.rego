# METADATA
# title: Affirmative case on misaligned goals
# description: >-
#   The affirmative case stands among the Required Safeguards of the threshold: without it the showing is
#   missing, and every gate stays closed. The exception for training covers the Deployment Standard only.
package rules.thresholds.ai_rnd_4_affirmative_case

import rego.v1

import data.conditions

findings contains {
	"gate": gate,
	"verdict": "closed",
	"reason": "the affirmative case on misaligned goals is missing",
} if {
	conditions.affirmative_case_lacking
	some gate in data.scale.gates
}

findings contains {"status": "due"} if conditions.affirmative_case_lacking

findings contains {"status": "met"} if {
	conditions.ai_rnd_4_passed
	input.ai_rnd.affirmative_case
}
