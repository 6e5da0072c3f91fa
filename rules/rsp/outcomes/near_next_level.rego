# METADATA
# title: No training near the next level without its measures
# description: >-
#   A model close to the next level is not trained further until that level is defined and its Containment
#   Measures are in place. ASL-3 is defined in this version.
package rules.outcomes.near_next_level

import rego.v1

import data.conditions

findings contains {
	"gate": "train",
	"verdict": "closed",
	"reason": "close to ASL-3: training waits for its Containment Measures",
} if {
	conditions.near_next_level
	conditions.asl3_containment_lacking
}
