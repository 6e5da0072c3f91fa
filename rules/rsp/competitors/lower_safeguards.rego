# METADATA
# title: Lowering safeguards when another actor scales without them
# description: >-
#   Says that the Required Safeguards are lowered. The conditions that the clause sets stand in
#   `safeguards_lowered`; the gates follow because the lowered safeguards no longer count as lacking.
package rules.competitors.lower_safeguards

import rego.v1

import data.conditions

findings contains {"gate": gate, "verdict": "open", "reason": "the Required Safeguards have been lowered"} if {
	conditions.safeguards_lowered
	some gate in data.scale.gates
}
