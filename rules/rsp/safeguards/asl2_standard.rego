# METADATA
# title: The ASL-2 Standard as the baseline of all models
# description: >-
#   Every model must meet the ASL-2 Deployment and Security Standards. Without the Security Standard nothing may
#   go on; without the Deployment Standard the model may not be used.
package rules.safeguards.asl2_standard

import rego.v1

import data.conditions

findings contains {"standard": standard, "level": data.slice.safeguards.asl2_standard.terms.level} if {
	some standard in data.scale.standards
}

findings contains {"gate": gate, "verdict": "closed", "reason": "the ASL-2 Deployment Standard is not met"} if {
	conditions.asl2_deployment_lacking
	some gate in {"use_internally", "deploy"}
}

findings contains {"gate": gate, "verdict": "closed", "reason": "the ASL-2 Security Standard is not met"} if {
	conditions.asl2_security_lacking
	some gate in data.scale.gates
}
