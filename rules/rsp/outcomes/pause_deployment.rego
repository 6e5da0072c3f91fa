# METADATA
# title: Deployment waits for the measures of the level
# description: >-
#   A model that triggers the evaluations of a level is neither deployed nor used until the corresponding
#   measures are in place.
package rules.outcomes.pause_deployment

import rego.v1

import data.conditions

findings contains {
	"gate": gate,
	"verdict": "closed",
	"reason": "deployment waits for the ASL-3 Containment Measures",
} if {
	conditions.asl3_containment_lacking
	some gate in {"use_internally", "deploy"}
}

findings contains {
	"gate": gate,
	"verdict": "closed",
	"reason": "deployment waits for the measures of ASL-4",
} if {
	_asl4_lacking
	some gate in {"use_internally", "deploy"}
}

_asl4_lacking if conditions.asl4_containment_lacking

_asl4_lacking if conditions.asl4_output_measures_lacking
