# METADATA
# title: Interim measures with the same level of assurance
# description: >-
#   Measures approved by the CEO and the Responsible Scaling Officer stand in for a lacking standard: what they
#   carry stays conditional until the standard is met.
package rules.outcomes.interim_measures

import rego.v1

import data.conditions

findings contains {
	"gate": "deploy",
	"verdict": "conditional",
	"reason": "interim measures stand in for the ASL-3 Deployment Standard",
} if {
	conditions.asl3_deployment_lacking
	conditions.interim_deployment_measures
}

findings contains {
	"gate": "use_internally",
	"verdict": "conditional",
	"reason": "interim measures stand in for the ASL-3 Deployment Standard",
} if {
	conditions.asl3_internal_deployment_lacking
	conditions.interim_deployment_measures
}

findings contains {
	"gate": gate,
	"verdict": "conditional",
	"reason": "interim measures stand in for the ASL-3 Security Standard",
} if {
	conditions.asl3_security_lacking
	conditions.interim_security_measures
	some gate in {"store", "use_internally", "deploy"}
}
