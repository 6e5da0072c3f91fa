# METADATA
# title: ASL-3 Containment Measures
# description: >-
#   Says which level of containment the model calls for. Where the measures are lacking, the response policy
#   says what follows for training and for the weights.
package rules.safeguards.asl3_containment

import rego.v1

import data.conditions

findings contains {"standard": "security", "level": data.slice.safeguards.asl3_containment.terms.level} if {
	conditions.asl3_measures_required
	not conditions.emergency_loosened
}
