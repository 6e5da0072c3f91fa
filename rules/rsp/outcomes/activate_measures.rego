# METADATA
# title: Measures put into operation before training goes on
# description: >-
#   Measures of the next level that are implemented must be activated before training continues.
package rules.outcomes.activate_measures

import rego.v1

import data.conditions

findings contains {
	"gate": "train",
	"verdict": "conditional",
	"reason": "the ASL-3 Containment Measures are yet to be activated",
} if {
	conditions.asl3_containment_inactive
}

findings contains {"status": _status} if {
	conditions.asl3_evaluation_triggered
	conditions.asl3_containment_met
}

default _status := "met"

_status := "due" if conditions.asl3_containment_inactive
