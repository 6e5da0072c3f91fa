# METADATA
# title: Limit on further training just below a threshold
# description: >-
#   A limit that the Responsible Scaling Officer has set binds until ASL-3 measures are in place.
package rules.assessment.training_limit

import rego.v1

import data.conditions

findings contains {
	"gate": "train",
	"verdict": "closed",
	"reason": "the training limit set by the Responsible Scaling Officer is reached",
} if {
	conditions.training_limit_binding
}
