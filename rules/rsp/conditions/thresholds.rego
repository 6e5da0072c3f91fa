# Capability thresholds.
#
# Which capability counts as reached. A version counts a determination when it stands among the `determinations`
# of the threshold's record; where the version treats a model as past a threshold unless the showing is made
# (assessment/treat_as_passed), a completed assessment that left a capability untested counts as well.
package conditions

import rego.v1

_counts(determination, terms, _) if determination in terms.determinations

_counts("not_tested", _, true) if data.slice.assessment.treat_as_passed

# METADATA
# title: uplift of people with a basic technical background counts as reached in one domain
basic_uplift_crossed_in(domain) if {
	terms := data.slice.thresholds.basic_cbrn_uplift.terms
	object.get(input[domain], "basic_uplift_damage", "catastrophic") in terms.damage_in_scope
	_counts(input[domain].basic_uplift, terms, input.assessment.comprehensive_completed)
}

# METADATA
# title: uplift of people with a basic technical background counts as reached
basic_uplift_crossed if {
	some domain in data.slice.thresholds.basic_cbrn_uplift.terms.domains
	basic_uplift_crossed_in(domain)
}

# METADATA
# title: uplift of state programmes counts as reached in one domain
state_cbrn_uplift_passed_in(domain) if {
	terms := data.slice.thresholds.state_cbrn_uplift.terms
	_counts(input[domain].state_uplift, terms, input.assessment.follow_up_completed)
}

# METADATA
# title: uplift of state programmes counts as reached
state_cbrn_uplift_passed if {
	some domain in data.slice.thresholds.state_cbrn_uplift.terms.domains
	state_cbrn_uplift_passed_in(domain)
}

# METADATA
# title: the 2-8 hour checkpoint is ruled out, which rules out every AI R&D threshold
checkpoint_rules_out_ai_rnd if {
	data.slice.thresholds.checkpoint_rules_out
	input.autonomy.software_tasks == "ruled_out"
}

# METADATA
# title: automated AI research or dramatic acceleration, as one threshold, counts as reached
# scope: document
ai_rnd_passed if {
	not checkpoint_rules_out_ai_rnd
	terms := data.slice.thresholds.ai_rnd.terms
	_counts(input.ai_rnd.entry_level_researcher, terms, input.assessment.comprehensive_completed)
}

ai_rnd_passed if {
	not checkpoint_rules_out_ai_rnd
	terms := data.slice.thresholds.ai_rnd.terms
	_counts(input.ai_rnd.scaling_two_years_in_one, terms, input.assessment.comprehensive_completed)
}

# METADATA
# title: full automation of an entry-level remote researcher counts as reached
ai_rnd_4_passed if {
	not checkpoint_rules_out_ai_rnd
	terms := data.slice.thresholds.ai_rnd_4.terms
	_counts(input.ai_rnd.entry_level_researcher, terms, input.assessment.comprehensive_completed)
}

# METADATA
# title: dramatic acceleration of effective scaling counts as reached
ai_rnd_5_passed if {
	not checkpoint_rules_out_ai_rnd
	terms := data.slice.thresholds.ai_rnd_5.terms
	_counts(input.ai_rnd.scaling_two_years_in_one, terms, input.assessment.follow_up_completed)
}

# METADATA
# title: the 2-8 hour software-engineering checkpoint is reached
autonomy_checkpoint_reached if input.autonomy.software_tasks == "shown"

# METADATA
# title: significant help to expert-backed teams with novel weapons is shown in one domain
teams_helped_with_novel_weapons_in(domain) if {
	terms := data.slice.thresholds.novel_chem_bio.terms
	"significant_help" in terms.capabilities
	input[domain].novel_uplift in terms.determinations
}

# METADATA
# title: the model is shown to stand in for the scarce specialists in one domain
specialists_replaceable_in(domain) if {
	terms := data.slice.thresholds.novel_chem_bio.terms
	"specialist_substitution" in terms.capabilities
	input[domain].specialist_substitution in terms.determinations
}

# METADATA
# title: the threshold of novel weapons is crossed in one domain
# scope: document
novel_uplift_crossed_in(domain) if {
	teams_helped_with_novel_weapons_in(domain)
	input[domain].novel_uplift_damage in data.slice.thresholds.novel_chem_bio.terms.damage_in_scope
}

novel_uplift_crossed_in(domain) if {
	specialists_replaceable_in(domain)
	input[domain].novel_uplift_damage in data.slice.thresholds.novel_chem_bio.terms.damage_in_scope
}

# METADATA
# title: the threshold of novel chemical or biological weapons is crossed
novel_uplift_crossed if {
	some domain in data.slice.thresholds.novel_chem_bio.terms.domains
	novel_uplift_crossed_in(domain)
}

# METADATA
# title: the model has high-stakes opportunities for sabotage
sabotage_threshold_crossed if {
	input.sabotage.highly_relied_on
	input.sabotage.extensive_sensitive_access
	input.sabotage.autonomy_and_subterfuge in data.slice.thresholds.high_stakes_sabotage.terms.determinations
	input.sabotage.plausible
}

# METADATA
# title: the model is shown to fit two years of AI progress into one
two_years_in_one if {
	terms := data.slice.thresholds.automated_rnd.terms
	"two_years_in_one" in terms.capabilities
	input.ai_rnd.progress_two_years_in_one in terms.determinations
}

# METADATA
# title: models could stand in for the whole research staff at competitive cost
research_staff_replaceable if {
	terms := data.slice.thresholds.automated_rnd.terms
	"full_substitution" in terms.capabilities
	input.ai_rnd.substitutes_all_researchers in terms.determinations
	input.ai_rnd.substitution_cost_ratio <= terms.max_cost_ratio
}

_progress_rate("without_ai") := input.ai_rnd.progress_rate_vs_without_ai

_progress_rate("fastest_stretch") := input.ai_rnd.progress_rate_vs_fastest_stretch

# METADATA
# title: progress is at least doubled, automation plausibly the cause, and further acceleration in prospect
dramatic_acceleration if {
	terms := data.slice.thresholds.automated_rnd.terms
	"dramatic_acceleration" in terms.capabilities
	every baseline in terms.progress_baselines {
		_progress_rate(baseline) >= terms.progress_rate
	}
	input.ai_rnd.acceleration_due_to_automation
	input.ai_rnd.further_acceleration in terms.further_acceleration
}

# METADATA
# title: the model is highly capable (automated R&D in key domains)
# scope: document
automated_rnd_crossed if two_years_in_one

automated_rnd_crossed if research_staff_replaceable

automated_rnd_crossed if dramatic_acceleration

# METADATA
# title: the model has advanced cyber capabilities
advanced_cyber_capability if {
	input.cyber.destructive_operations in data.slice.thresholds.cyber_tiered_access.terms.determinations
}

# METADATA
# title: the cyber capabilities of the model have been tested
cyber_tested if input.cyber.tested
