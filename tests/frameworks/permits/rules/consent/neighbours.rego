# METADATA
# title: Neighbours sign the plan
package rules.consent.neighbours

import rego.v1

findings contains {"gate": "build", "verdict": "refused", "reason": "too few neighbours signed"} if {
	input.plan.signatures < data.slice.consent.neighbours.terms.signatures
}
