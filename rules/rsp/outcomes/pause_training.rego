# METADATA
# title: Training pauses when an evaluation triggers without measures
# description: >-
#   Training pauses for analysis while the measures of the next level are not in place. An evaluation that
#   proves overly conservative is handled in outcomes/conservative_evaluation.
package rules.outcomes.pause_training

import rego.v1

import data.conditions

findings contains {
	"gate": "train",
	"verdict": "closed",
	"reason": "training pauses: the ASL-3 Containment Measures are not in place",
} if {
	conditions.asl3_containment_lacking
}

findings contains {
	"gate": "train",
	"verdict": "closed",
	"reason": "training pauses: ASL-4 warning signs without the measures for them",
} if {
	conditions.asl4_containment_lacking
}

findings contains {"status": _analysed} if conditions.training_paused_for_analysis

default _analysed := "met"

_analysed := "due" if input.response.analysis == "none"
