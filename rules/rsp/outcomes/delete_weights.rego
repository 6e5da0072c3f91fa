# METADATA
# title: Deletion of weights when nothing stands in for the standard
# description: >-
#   Weights whose ASL-3 Security Standard is lacking, with no interim measure, are deleted.
package rules.outcomes.delete_weights

import rego.v1

import data.conditions

findings contains {
	"gate": "store",
	"verdict": "reversed",
	"reason": "weights without the required security are deleted",
} if {
	conditions.security_unprotected
}

findings contains {"status": "due"} if conditions.security_unprotected
