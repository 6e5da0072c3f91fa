# Capability assessment.
package conditions

import rego.v1

# METADATA
# title: the model is notably more capable than the last one assessed comprehensively
# scope: document
notably_more_capable if {
	terms := data.slice.assessment.notably_more_capable.terms
	input.assessment.effective_compute_ratio >= terms.effective_compute_ratio
}

notably_more_capable if {
	terms := data.slice.assessment.notably_more_capable.terms
	input.assessment.elicitation_months >= terms.elicitation_months
}

# METADATA
# title: a comprehensive assessment is required or has been made
# scope: document
comprehensive_assessment_required if notably_more_capable

comprehensive_assessment_required if {
	data.slice.assessment.rso_discretion
	input.assessment.rso_orders_comprehensive
}

comprehensive_assessment_required if {
	data.slice.assessment.comprehensive_assessment
	input.assessment.comprehensive_completed
}

# METADATA
# title: a comprehensive assessment is required and has not been made
assessment_outstanding if {
	comprehensive_assessment_required
	not input.assessment.comprehensive_completed
}

# METADATA
# title: a comprehensive assessment has been completed
comprehensive_assessment_done if input.assessment.comprehensive_completed

# METADATA
# title: a Capability Report has been compiled
capability_report_compiled if input.assessment.capability_report_compiled

# METADATA
# title: a Safeguards Report has been compiled
safeguards_report_compiled if input.safeguards.report_compiled

# METADATA
# title: the CEO and the Responsible Scaling Officer have found the Required Safeguards met
safeguards_approved if input.safeguards.ceo_rso_determined

# METADATA
# title: a comprehensive assessment is required and external findings are available
external_findings_available if {
	comprehensive_assessment_required
	input.assessment.external_findings_available
}

# METADATA
# title: the CEO and the RSO have taken the capability decision
capability_decided if input.assessment.ceo_rso_determined

# METADATA
# title: a Capability Report on a high-stakes issue is before the CEO and the RSO
high_stakes_capability_decision if {
	capability_report_compiled
	input.assessment.high_stakes
}

# METADATA
# title: the capability decision is taken and the model is publicly deployed
deployed_after_capability_decision if {
	capability_decided
	publicly_deployed
}

# METADATA
# title: the CEO and the RSO have taken the safeguards decision
safeguards_decided if input.safeguards.ceo_rso_determined

# METADATA
# title: a Safeguards Report on a high-stakes issue is before the CEO and the RSO
high_stakes_safeguards_decision if {
	safeguards_report_compiled
	input.safeguards.high_stakes
}

# METADATA
# title: the safeguards are approved and the model is publicly deployed
deployed_after_safeguards_approval if {
	safeguards_approved
	publicly_deployed
}
