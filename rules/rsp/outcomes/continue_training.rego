# METADATA
# title: When training may continue
# description: >-
#   Training goes on, with assessments as before, unless a model past the next thresholds lacks the security
#   that they require.
package rules.outcomes.continue_training

import rego.v1

import data.conditions

findings contains {
	"gate": "train",
	"verdict": "open",
	"reason": "training may continue with assessments as before",
} if {
	not conditions.asl3_security_lacking
	not conditions.asl4_security_lacking
}

findings contains {
	"gate": "train",
	"verdict": "closed",
	"reason": "security beyond ASL-3 is required and not met",
} if {
	conditions.asl4_security_lacking
}
