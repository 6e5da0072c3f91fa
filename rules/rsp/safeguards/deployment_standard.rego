# METADATA
# title: ASL-3 Deployment Standard
# description: >-
#   While the standard is required, not shown, and nothing stands in for it, the model may not be deployed. Use
#   inside the company rests on all criteria but red-teaming, which concerns generally accessible systems.
package rules.safeguards.deployment_standard

import rego.v1

import data.conditions

findings contains {"gate": "deploy", "verdict": "closed", "reason": "the ASL-3 Deployment Standard is not met"} if {
	conditions.deployment_unprotected
}

findings contains {
	"gate": "use_internally",
	"verdict": "closed",
	"reason": "the ASL-3 Deployment Standard is not met",
} if {
	conditions.internal_deployment_unprotected
}
