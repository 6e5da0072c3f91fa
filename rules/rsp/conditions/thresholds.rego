# METADATA
# title: Capability thresholds
# description: >-
#   Which capability counts as reached. A version counts a determination when it stands among the `determinations`
#   of the threshold's record; where the version treats a model as past a threshold unless the showing is made
#   (assessment/treat_as_passed), a completed assessment that left a capability untested counts as well.
package rsp.conditions

import rego.v1

# METADATA
# title: uplift of people with a basic technical background counts as reached
basic_uplift_crossed if {
	some domain in data.slice.thresholds.basic_cbrn_uplift.terms.domains
	basic_uplift_crossed_in(domain)
}

# METADATA
# title: uplift of people with a basic technical background counts as reached in one domain
basic_uplift_crossed_in(domain) if {
	terms := data.slice.thresholds.basic_cbrn_uplift.terms
	object.get(input[domain], "basic_uplift_damage", "catastrophic") in terms.damage_in_scope
	_counts(input[domain].basic_uplift, terms, input.assessment.comprehensive_completed)
}

# METADATA
# title: uplift of state programmes counts as reached
state_cbrn_uplift_passed if {
	some domain in data.slice.thresholds.state_cbrn_uplift.terms.domains
	state_cbrn_uplift_passed_in(domain)
}

# METADATA
# title: uplift of state programmes counts as reached in one domain
state_cbrn_uplift_passed_in(domain) if {
	terms := data.slice.thresholds.state_cbrn_uplift.terms
	_counts(input[domain].state_uplift, terms, input.assessment.follow_up_completed)
}

# METADATA
# title: full automation of an entry-level remote researcher counts as reached
ai_rnd_4_passed if {
	terms := data.slice.thresholds.ai_rnd_4.terms
	not checkpoint_rules_out_ai_rnd
	_counts(input.ai_rnd.entry_level_researcher, terms, input.assessment.comprehensive_completed)
}

# METADATA
# title: dramatic acceleration of effective scaling counts as reached
ai_rnd_5_passed if {
	terms := data.slice.thresholds.ai_rnd_5.terms
	not checkpoint_rules_out_ai_rnd
	_counts(input.ai_rnd.scaling_two_years_in_one, terms, input.assessment.follow_up_completed)
}

# METADATA
# title: the 2-8 hour checkpoint is ruled out, which rules out both AI R&D thresholds
checkpoint_rules_out_ai_rnd if {
	data.slice.thresholds.checkpoint_rules_out
	input.autonomy.software_tasks == "ruled_out"
}

# METADATA
# title: the 2-8 hour software-engineering checkpoint is reached
autonomy_checkpoint_reached if input.autonomy.software_tasks == "shown"

# METADATA
# title: help with novel chemical or biological weapons is shown
novel_uplift_crossed if {
	some domain in data.slice.thresholds.novel_chem_bio.terms.domains
	novel_uplift_crossed_in(domain)
}

# METADATA
# title: help with novel weapons is shown in one domain
novel_uplift_crossed_in(domain) if {
	terms := data.slice.thresholds.novel_chem_bio.terms
	input[domain].novel_uplift in terms.determinations
	input[domain].novel_uplift_damage in terms.damage_in_scope
}

# METADATA
# title: the model has high-stakes opportunities for sabotage
sabotage_threshold_crossed if {
	terms := data.slice.thresholds.high_stakes_sabotage.terms
	input.sabotage.highly_relied_on
	input.sabotage.extensive_sensitive_access
	input.sabotage.autonomy_and_subterfuge in terms.determinations
	input.sabotage.plausible
}

# METADATA
# title: the model is highly capable (automated R&D in key domains)
automated_rnd_crossed if {
	input.ai_rnd.progress_two_years_in_one in data.slice.thresholds.automated_rnd.terms.determinations
}

_counts(determination, terms, _) if determination in terms.determinations

_counts("not_tested", _, true) if data.slice.assessment.treat_as_passed

# METADATA
# title: the model has advanced cyber capabilities
advanced_cyber_capability if {
	input.cyber.destructive_operations in data.slice.thresholds.cyber_tiered_access.terms.determinations
}

# METADATA
# title: the cyber capabilities of the model have been tested
cyber_tested if input.cyber.tested
