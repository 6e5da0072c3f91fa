# METADATA
# title: ASL-3 Security Standard
# description: >-
#   While the standard is required, not shown, and nothing stands in for it, the model may be neither used nor
#   deployed. What then happens to the weights and to training stands in outcomes/delete_weights and
#   outcomes/comparable_training.
package rules.safeguards.security_standard

import rego.v1

import data.conditions

findings contains {"gate": gate, "verdict": "closed", "reason": "the ASL-3 Security Standard is not met"} if {
	conditions.security_unprotected
	some gate in {"store", "use_internally", "deploy"}
}
