# METADATA
# title: Deletion of weights when nothing stands in for the standard
# description: >-
#   Weights whose ASL-3 Security Standard is lacking, with no interim measure, are deleted.
# related_resources:
#   - description: RSP v2.2, section 6.2 (p. 11)
# custom:
#   commitment: outcomes/delete_weights
package rsp.rules.outcomes.delete_weights

import rego.v1

import data.rsp.conditions

# METADATA
# title: What the commitment says about these facts
# scope: document
findings contains {
	"gate": "store",
	"verdict": "reversed",
	"reason": "weights without the required security are deleted",
} if {
	conditions.security_unprotected
}

findings contains {"status": "due"} if conditions.security_unprotected
