# METADATA
# title: When a model may be deployed or stored
# description: >-
#   The permission rests on one of two criteria: far enough from every threshold, or past one with the ASL-3
#   Required Safeguards met and far from the next. A model past the next thresholds meets neither until their
#   safeguards are described and met.
package rules.outcomes.deploy_or_store

import rego.v1

import data.conditions

findings contains {
	"gate": gate,
	"verdict": "open",
	"reason": "far enough from every threshold for the ASL-2 Standard",
} if {
	not conditions.stronger_than_asl2_required
	not conditions.assessment_outstanding
	some gate in _gates
}

findings contains {
	"gate": gate,
	"verdict": "open",
	"reason": "the ASL-3 Required Safeguards are met and the next thresholds are far",
} if {
	conditions.asl3_required_safeguards_met
	not conditions.asl4_required
	some gate in _gates
}

findings contains {"gate": gate, "verdict": "closed", "reason": "security beyond ASL-3 is required and not met"} if {
	conditions.asl4_security_lacking
	some gate in _gates
}

findings contains {
	"gate": gate,
	"verdict": "closed",
	"reason": "deployment safeguards beyond ASL-3 are required and not met",
} if {
	conditions.asl4_deployment_lacking
	some gate in {"use_internally", "deploy"}
}

_gates := {"store", "use_internally", "deploy"}
