# METADATA
# title: Whether the danger merits deleting the weights
# description: >-
#   Those convened judge whether the weights must go; where they find so, the weights may not be kept.
package rules.outcomes.weight_deletion

import rego.v1

import data.conditions

findings contains {
	"gate": "store",
	"verdict": "reversed",
	"reason": "the danger was found to merit deletion of the weights",
} if {
	conditions.deletion_merited
}

findings contains {"status": _status} if conditions.surpassed_without_containment

default _status := "due"

_status := "met" if input.response.stakeholders_convened
