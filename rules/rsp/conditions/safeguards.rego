# Required Safeguards and whether they are met.
package conditions

import rego.v1

# METADATA
# title: the ASL-3 Deployment Standard is required
asl3_deployment_required if {
	data.slice.safeguards.deployment_standard
	basic_uplift_crossed
}

# METADATA
# title: the ASL-3 Security Standard is required
# scope: document
asl3_security_required if {
	data.slice.safeguards.security_standard
	basic_uplift_crossed
}

asl3_security_required if {
	data.slice.safeguards.security_standard
	ai_rnd_passed
}

asl3_security_required if {
	data.slice.safeguards.security_standard
	ai_rnd_4_passed
}

# METADATA
# title: an ASL-3 Standard is required
# scope: document
asl3_required if asl3_deployment_required

asl3_required if asl3_security_required

# METADATA
# title: safeguards beyond ASL-3 are required
# scope: document
asl4_required if state_cbrn_uplift_passed

asl4_required if ai_rnd_5_passed

# METADATA
# title: protections stronger than ASL-2 are required
# scope: document
stronger_than_asl2_required if asl3_required

stronger_than_asl2_required if asl4_required

# METADATA
# title: the ASL-2 Deployment Standard is met
asl2_deployment_standard_met if {
	every item in data.slice.safeguards.asl2_standard.terms.deployment_items {
		input.asl2_deployment[item]
	}
}

# METADATA
# title: the ASL-2 Security Standard is met
asl2_security_standard_met if {
	every item in data.slice.safeguards.asl2_standard.terms.security_items {
		input.asl2_security[item]
	}
}

# METADATA
# title: the ASL-2 Deployment Standard is not met
asl2_deployment_lacking if {
	data.slice.safeguards.asl2_standard
	not asl2_deployment_standard_met
}

# METADATA
# title: the ASL-2 Security Standard is not met
asl2_security_lacking if {
	data.slice.safeguards.asl2_standard
	not asl2_security_standard_met
}

_asl3_internal_items contains item if {
	terms := data.slice.safeguards.deployment_standard.terms
	some item in terms.deployment_items
	not item in terms.internal_exceptions
}

# METADATA
# title: the ASL-3 Deployment Standard is met for use inside the company
# description: Red-teaming concerns generally accessible systems, so internal use rests on the other criteria.
asl3_deployment_standard_met_internally if {
	data.slice.safeguards.deployment_standard
	every item in _asl3_internal_items {
		input.asl3_deployment[item]
	}
}

# METADATA
# title: the ASL-3 Deployment Standard is met
asl3_deployment_standard_met if {
	every item in data.slice.safeguards.deployment_standard.terms.deployment_items {
		input.asl3_deployment[item]
	}
}

# METADATA
# title: the weights are protected against every class of attacker in scope
asl3_attackers_covered if {
	every attacker in data.slice.safeguards.security_standard.terms.attackers_in_scope {
		attacker in input.asl3_security.protected_against
	}
	every insider in data.slice.safeguards.insider_risk.terms.insiders_in_scope {
		insider in input.asl3_security.protected_against
	}
}

# METADATA
# title: the ASL-3 Security Standard is met
asl3_security_standard_met if {
	every item in data.slice.safeguards.security_standard.terms.security_items {
		input.asl3_security[item]
	}
	asl3_attackers_covered
}

# METADATA
# title: both ASL-3 Standards are met
asl3_standards_met if {
	asl3_deployment_standard_met
	asl3_security_standard_met
}

# METADATA
# title: the Required Safeguards have been lowered because another actor scales without them
safeguards_lowered if {
	data.slice.competitors.lower_safeguards
	input.competitors.passed_threshold_unprotected
	input.competitors.serious_risk
	input.competitors.safeguards_lowered
}

# METADATA
# title: the ASL-3 Deployment Standard is required and not met
asl3_deployment_lacking if {
	asl3_deployment_required
	not asl3_deployment_standard_met
	not safeguards_lowered
}

# METADATA
# title: the ASL-3 Security Standard is required and not met
asl3_security_lacking if {
	asl3_security_required
	not asl3_security_standard_met
	not safeguards_lowered
}

# METADATA
# title: the affirmative case on misaligned goals is required and missing
affirmative_case_lacking if {
	ai_rnd_4_passed
	not input.ai_rnd.affirmative_case
	not safeguards_lowered
}

# METADATA
# title: the Required Safeguards of ASL-3 are met
asl3_required_safeguards_met if {
	asl3_required
	not safeguards_lowered
	not affirmative_case_lacking
	not asl3_deployment_lacking
	not asl3_security_lacking
}

# METADATA
# title: the ASL-3 Deployment Standard is required and not met for use inside the company
asl3_internal_deployment_lacking if {
	asl3_deployment_required
	not asl3_deployment_standard_met_internally
	not safeguards_lowered
}

# METADATA
# title: Required Safeguards of ASL-3 are not met
# scope: document
asl3_lacking if asl3_deployment_lacking

asl3_lacking if asl3_security_lacking

asl3_lacking if affirmative_case_lacking

# METADATA
# title: approved interim deployment measures give the assurance of ASL-3
interim_deployment_measures if {
	data.slice.outcomes.interim_measures
	input.interim.deployment_same_assurance
	input.interim.deployment_approved
}

# METADATA
# title: approved interim security measures give the assurance of ASL-3
interim_security_measures if {
	data.slice.outcomes.interim_measures
	input.interim.security_same_assurance
	input.interim.security_approved
}

# METADATA
# title: interim measures stand in for an ASL-3 Standard
# scope: document
interim_measures_in_use if {
	asl3_deployment_lacking
	interim_deployment_measures
}

interim_measures_in_use if {
	asl3_security_lacking
	interim_security_measures
}

# METADATA
# title: the ASL-3 Deployment Standard is lacking and nothing stands in for it
deployment_unprotected if {
	asl3_deployment_lacking
	not interim_deployment_measures
}

# METADATA
# title: the ASL-3 Deployment Standard is lacking for internal use and nothing stands in for it
internal_deployment_unprotected if {
	asl3_internal_deployment_lacking
	not interim_deployment_measures
}

# METADATA
# title: the ASL-3 Security Standard is lacking and nothing stands in for it
security_unprotected if {
	asl3_security_lacking
	not interim_security_measures
}

_state_uplift_undescribed if {
	state_cbrn_uplift_passed
	not input.asl4.described_for_state_uplift
}

_acceleration_undescribed if {
	ai_rnd_5_passed
	not input.asl4.described_for_acceleration
}

# METADATA
# title: the safeguards required of a model past ASL-3 have been described
required_safeguards_described if {
	not _state_uplift_undescribed
	not _acceleration_undescribed
}

# METADATA
# title: the safeguards required of a model past ASL-3 have not been described
required_safeguards_undescribed if {
	asl4_required
	not required_safeguards_described
}

# METADATA
# title: security beyond ASL-3 is required and not met
asl4_security_lacking if {
	asl4_required
	not input.asl4.security_met
	not safeguards_lowered
}

# METADATA
# title: deployment safeguards beyond ASL-3 are required and not met
asl4_deployment_lacking if {
	state_cbrn_uplift_passed
	not input.asl4.deployment_met
	not safeguards_lowered
}

# METADATA
# title: the training limit set by the RSO is reached before the ASL-3 Standards are met
training_limit_binding if {
	data.slice.assessment.training_limit
	input.training.rso_limit_reached
	not asl3_standards_met
}

# METADATA
# title: a model comparable to one that lacks ASL-3 security would be trained
comparable_training_paused if {
	asl3_security_lacking
	input.training.effective_compute_ratio >= data.slice.outcomes.comparable_training.terms.comparable_compute_ratio
}
