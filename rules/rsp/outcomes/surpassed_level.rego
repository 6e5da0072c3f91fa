# METADATA
# title: Weights locked down when training has passed a level
# description: >-
#   A model that has already passed ASL-3 without the Containment Measures is locked down at once, and its
#   weights lack what storing them requires.
package rules.outcomes.surpassed_level

import rego.v1

import data.conditions

findings contains {
	"gate": "store",
	"verdict": "closed",
	"reason": "an ASL-3 model is stored without the ASL-3 Containment Measures",
} if {
	conditions.surpassed_without_containment
}

findings contains {"status": _status} if conditions.surpassed_without_containment

default _status := "due"

_status := "met" if input.response.weights_locked_down
