# METADATA
# title: Limit on further training just below a threshold
# description: >-
#   A limit that the Responsible Scaling Officer has set binds until ASL-3 measures are in place.
# related_resources:
#   - description: RSP v2.2, section 3.3, footnote 8 (p. 7)
# custom:
#   commitment: assessment/training_limit
package rsp.rules.assessment.training_limit

import rego.v1

import data.rsp.conditions

# METADATA
# title: What the commitment says about these facts
# scope: document
findings contains {
	"gate": "train",
	"verdict": "closed",
	"reason": "the training limit set by the Responsible Scaling Officer is reached",
} if {
	conditions.training_limit_binding
}
