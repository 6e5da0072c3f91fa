# Safety levels of models.
#
# In version 1.0 a model belongs to a level: evaluations for warning signs trigger a little below it, and the
# measures of the level must then be in place before training, use or deployment go on.
package conditions

import rego.v1

# METADATA
# title: an interval after which models are evaluated for warning signs is over
evaluation_interval_over if {
	data.slice.assessment.warning_sign_evaluations
	notably_more_capable
}

_misuse_help("cyber") := input.cyber.destructive_operations

_misuse_help(domain) := input[domain].basic_uplift if {
	domain != "cyber"
	damage := data.slice.thresholds.asl3_misuse.terms.damage_in_scope
	object.get(input[domain], "basic_uplift_damage", "catastrophic") in damage
}

# METADATA
# title: the ASL-3 evaluations for misuse trigger in one domain
misuse_evaluation_triggered_in(domain) if {
	_misuse_help(domain) in data.slice.thresholds.asl3_misuse.terms.determinations
}

# METADATA
# title: the ASL-3 evaluations for misuse trigger
# scope: document
misuse_evaluation_triggered if {
	terms := data.slice.thresholds.asl3_misuse.terms
	input.misuse.catastrophic_risk in terms.determinations
}

misuse_evaluation_triggered if {
	some domain in data.slice.thresholds.asl3_misuse.terms.domains
	misuse_evaluation_triggered_in(domain)
}

# METADATA
# title: the ASL-3 evaluations for autonomous replication trigger
autonomy_evaluation_triggered if {
	input.autonomy.replication_tasks_passed >= data.slice.thresholds.asl3_autonomy.terms.task_share
}

# METADATA
# title: an ASL-3 evaluation triggers
# scope: document
asl3_evaluation_triggered if misuse_evaluation_triggered

asl3_evaluation_triggered if autonomy_evaluation_triggered

# METADATA
# title: the model is an ASL-3 model
# scope: document
asl3_surpassed if {
	data.slice.thresholds.asl3_misuse
	input.misuse.catastrophic_risk == "shown"
}

asl3_surpassed if {
	some domain in data.slice.thresholds.asl3_misuse.terms.domains
	_misuse_help(domain) == "shown"
}

asl3_surpassed if {
	asl3_evaluation_triggered
	input.response.analysis == "surpassed"
}

# METADATA
# title: an ASL-3 evaluation triggers, and the analysis finds it overly conservative
evaluation_overly_conservative if {
	asl3_evaluation_triggered
	not asl3_surpassed
	input.response.analysis == "overly_conservative"
}

# METADATA
# title: an ASL-3 evaluation triggers, and the model is close to ASL-3
near_next_level if {
	asl3_evaluation_triggered
	not asl3_surpassed
	input.response.analysis == "close"
}

# METADATA
# title: the ASL-3 measures are called for
asl3_measures_required if {
	asl3_evaluation_triggered
	not evaluation_overly_conservative
}

# METADATA
# title: the ASL-3 Containment Measures are in place
asl3_containment_met if {
	every item in data.slice.safeguards.asl3_containment.terms.containment_items {
		input.asl3_containment[item]
	}
}

# METADATA
# title: the restrictions are loosened in an extreme emergency
emergency_loosened if {
	data.slice.competitors.emergency_loosening
	input.competitors.reckless_bad_actor
	input.competitors.ai_helps_defence
	input.competitors.authorities_consulted
	input.competitors.safeguards_lowered
}

# METADATA
# title: the ASL-3 Containment Measures are called for and not in place
asl3_containment_lacking if {
	asl3_measures_required
	not asl3_containment_met
	not emergency_loosened
}

# METADATA
# title: the ASL-3 Deployment Measures are in place
asl3_output_measures_met if {
	every item in data.slice.safeguards.asl3_outputs.terms.output_items {
		input.asl3_outputs[item]
	}
}

# METADATA
# title: the ASL-3 Deployment Measures are called for and not in place
asl3_output_measures_lacking if {
	asl3_measures_required
	not asl3_output_measures_met
	not emergency_loosened
}

# METADATA
# title: the ASL-3 measures are called for, and the model is deployed or in use
# scope: document
asl3_outputs_produced if {
	asl3_measures_required
	publicly_deployed
}

asl3_outputs_produced if {
	asl3_measures_required
	internally_deployed
}

# METADATA
# title: training pauses because the ASL-3 Containment Measures are not in place
training_paused_for_analysis if {
	asl3_evaluation_triggered
	not asl3_containment_met
	not emergency_loosened
}

# METADATA
# title: the ASL-3 Containment Measures are implemented and not yet put into operation
asl3_containment_inactive if {
	asl3_evaluation_triggered
	asl3_containment_met
	not input.response.measures_activated
}

_conservative_evaluation_resolved if {
	input.response.new_evaluations
	input.response.policy_updated
}

# METADATA
# title: new evaluations or the update of the policy are missing after an overly conservative evaluation
conservative_evaluation_unresolved if {
	evaluation_overly_conservative
	training_paused_for_analysis
	not _conservative_evaluation_resolved
}

# METADATA
# title: the model is an ASL-3 model, and the ASL-3 Containment Measures are not in place
surpassed_without_containment if {
	asl3_surpassed
	asl3_containment_lacking
}

# METADATA
# title: the danger of weights without containment merits their deletion
deletion_merited if {
	surpassed_without_containment
	input.response.deletion_merited
}

# METADATA
# title: a deployed model turns out to pass the ASL-3 evaluations without the measures for it
# scope: document
under_elicited_deployment if {
	publicly_deployed
	asl3_containment_lacking
}

under_elicited_deployment if {
	publicly_deployed
	asl3_output_measures_lacking
}

# METADATA
# title: a safety emergency is found in the use of such a model
safety_emergency if {
	under_elicited_deployment
	input.response.safety_emergency
}

# METADATA
# title: an ASL-4 evaluation triggers
asl4_evaluation_triggered if {
	data.slice.assessment.next_level_definition
	input.warning_signs.asl4_triggered
}

# METADATA
# title: an ASL-4 evaluation triggers, and its containment measures are not in place
asl4_containment_lacking if {
	asl4_evaluation_triggered
	not input.asl4.security_met
	not emergency_loosened
}

# METADATA
# title: an ASL-4 evaluation triggers, and its deployment measures are not in place
asl4_output_measures_lacking if {
	asl4_evaluation_triggered
	not input.asl4.deployment_met
	not emergency_loosened
}

# METADATA
# title: an interval after which models are evaluated is over while the model is in training
evaluation_due_in_training if {
	evaluation_interval_over
	input.training.in_progress
}
