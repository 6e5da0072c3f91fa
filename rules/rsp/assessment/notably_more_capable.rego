# METADATA
# title: When a model needs a comprehensive assessment
# description: >-
#   A comprehensive assessment is triggered by effective compute, by elapsed months of elicitation, or by the
#   Responsible Scaling Officer.
# related_resources:
#   - description: RSP v2.2, section 3.1 (p. 5-6)
# custom:
#   commitment: assessment/notably_more_capable
package rsp.rules.assessment.notably_more_capable

import rego.v1

import data.rsp.conditions

# METADATA
# title: What the commitment says about these facts
# scope: document
findings contains {"status": "due"} if {
	conditions.comprehensive_assessment_required
	not input.assessment.comprehensive_completed
}

findings contains {"status": "met"} if {
	conditions.comprehensive_assessment_required
	input.assessment.comprehensive_completed
}
