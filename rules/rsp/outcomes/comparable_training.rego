# METADATA
# title: No training of comparable models without ASL-3 security
# description: >-
#   Training of a model as capable as one that requires the ASL-3 Security Standard pauses until that standard
#   is implemented. Neither interim measures nor the Deployment Standard bear on it.
package rules.outcomes.comparable_training

import rego.v1

import data.conditions

findings contains {
	"gate": "train",
	"verdict": "closed",
	"reason": "a comparable model may not be trained without the ASL-3 Security Standard",
} if {
	conditions.comparable_training_paused
}

findings contains {"status": "due"} if conditions.comparable_training_paused
