# METADATA
# title: ASL-3 Deployment Measures
# description: >-
#   Outputs of an ASL-3 model may be produced, inside the company or outside, once the Deployment Measures
#   are in place.
package rules.safeguards.asl3_outputs

import rego.v1

import data.conditions

findings contains {"standard": "deployment", "level": data.slice.safeguards.asl3_outputs.terms.level} if {
	conditions.asl3_measures_required
	not conditions.emergency_loosened
}

findings contains {
	"gate": gate,
	"verdict": "closed",
	"reason": "the ASL-3 Deployment Measures are not in place",
} if {
	conditions.asl3_output_measures_lacking
	some gate in {"use_internally", "deploy"}
}
