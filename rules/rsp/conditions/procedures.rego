# Measures and procedures of safety levels.
package conditions

import rego.v1

# METADATA
# title: the ASL-3 measures are called for, and the model is in use inside the company
asl3_outputs_produced_internally if {
	asl3_measures_required
	internally_deployed
}

# METADATA
# title: the ASL-3 measures are called for, and vetted users have capabilities that others do not get
tiered_access_granted if {
	asl3_measures_required
	input.asl3_outputs.tiered_access_granted
}

# METADATA
# title: a vulnerability that enables catastrophic harm is known in an ASL-3 model that is deployed or in use
catastrophic_vulnerability_known if {
	asl3_outputs_produced
	input.asl3_outputs.vulnerability_known
}

# METADATA
# title: an interval for evaluation is over, and the model has been evaluated for warning signs
warning_signs_evaluated if {
	evaluation_interval_over
	input.warning_signs.evaluated
}

# METADATA
# title: the external study on securing model weights has been published
weight_security_study_published if input.transparency.weight_security_study_published

# METADATA
# title: the policy failed substantially in its implementation
implementation_failure if input.governance.implementation_failure

_pause_lifted if {
	evaluation_overly_conservative
	not conservative_evaluation_unresolved
}

# METADATA
# title: training pauses on a trigger, and the analysis has not lifted the pause
training_pause_goes_on if {
	training_paused_for_analysis
	not _pause_lifted
}
