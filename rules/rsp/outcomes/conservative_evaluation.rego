# METADATA
# title: New evaluations after an overly conservative one
# description: >-
#   Where the analysis finds no risk near the next level, training waits for new evaluations and for the
#   update of the policy.
package rules.outcomes.conservative_evaluation

import rego.v1

import data.conditions

findings contains {
	"gate": "train",
	"verdict": "conditional",
	"reason": "new evaluations and an update of the policy come before training goes on",
} if {
	conditions.conservative_evaluation_unresolved
}

findings contains {"status": _status} if {
	conditions.evaluation_overly_conservative
	conditions.training_paused_for_analysis
}

default _status := "met"

_status := "due" if conditions.conservative_evaluation_unresolved
