# Governance of the policy.
package conditions

import rego.v1

# METADATA
# title: the policy needs an update
policy_update_needed if input.governance.policy_update_needed

# METADATA
# title: the policy proved unintentionally ambiguous
policy_ambiguous if input.governance.policy_ambiguous

# METADATA
# title: a changed policy has taken effect
policy_change_in_effect if input.governance.policy_change_in_effect

# METADATA
# title: the day on which a changed policy takes effect is over
policy_change_effective_date_past if input.governance.policy_change_effective_date_past

# METADATA
# title: a Capability Report or a Safeguards Report was compiled
# scope: document
assessment_report_compiled if capability_report_compiled

assessment_report_compiled if safeguards_report_compiled

# METADATA
# title: a capability assessment or a safeguards assessment is called for
# scope: document
assessment_conducted if comprehensive_assessment_required

assessment_conducted if asl3_required

# METADATA
# title: possible noncompliance was reported or found in another way
# scope: document
noncompliance_suspected if input.governance.noncompliance_reported

noncompliance_suspected if input.governance.noncompliance_identified

# METADATA
# title: a report of noncompliance is substantiated and involves a material safety risk
reported_noncompliance_substantiated_and_material if {
	input.governance.noncompliance_reported
	input.governance.noncompliance_substantiated
	input.governance.noncompliance_material
}

# METADATA
# title: an agreement with a non-disparagement clause is offered
non_disparagement_clause_offered if input.governance.non_disparagement_clause_offered

# METADATA
# title: work on the model goes on without public deployment
proceeding_without_public_deployment if input.transparency.proceeding_without_public_deployment

# METADATA
# title: possible noncompliance was reported
noncompliance_reported if input.governance.noncompliance_reported

# METADATA
# title: a report of noncompliance is substantiated
reported_noncompliance_substantiated if {
	input.governance.noncompliance_reported
	input.governance.noncompliance_substantiated
}

# METADATA
# title: noncompliance poses a material risk
noncompliance_material if {
	input.governance.noncompliance_substantiated
	input.governance.noncompliance_material
}

# METADATA
# title: a change of the policy was adopted
policy_change_adopted if input.governance.policy_change_adopted
