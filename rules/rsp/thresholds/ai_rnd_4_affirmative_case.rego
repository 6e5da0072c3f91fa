# METADATA
# title: Affirmative case on misaligned goals
# description: >-
#   The affirmative case stands among the Required Safeguards of the threshold: without it the showing is
#   missing, and every gate stays closed. The exception of footnote 13 for training covers the Deployment
#   Standard only.
# related_resources:
#   - description: RSP v2.2, section 2 (p. 4), section 4.3 (p. 10), section 6.1 (p. 11)
# custom:
#   commitment: thresholds/ai_rnd_4_affirmative_case
package rsp.rules.thresholds.ai_rnd_4_affirmative_case

import rego.v1

import data.rsp.conditions

# METADATA
# title: What the commitment says about these facts
# scope: document
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
