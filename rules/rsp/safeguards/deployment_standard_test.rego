package rules.safeguards.deployment_standard_test

import rego.v1

import data.rules.safeguards.deployment_standard

test_fires_when_required_and_not_met if {
	findings := deployment_standard.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == {
		{"gate": "deploy", "verdict": "closed", "reason": "the ASL-3 Deployment Standard is not met"},
		{"gate": "use_internally", "verdict": "closed", "reason": "the ASL-3 Deployment Standard is not met"},
	}
}

test_spares_internal_use_when_only_red_teaming_is_lacking if {
	findings := deployment_standard.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"asl3_deployment": {
			"threat_modelling": true,
			"threat_revision": true,
			"defence_in_depth": true,
			"rapid_remediation": true,
			"monitoring": true,
			"performance_review": true,
			"trusted_users": true,
			"trusted_user_controls": true,
			"third_parties": true,
		},
	}
	findings == {{
		"gate": "deploy",
		"verdict": "closed",
		"reason": "the ASL-3 Deployment Standard is not met",
	}}
}

test_silent_when_every_criterion_is_shown if {
	findings := deployment_standard.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"asl3_deployment": {
			"threat_modelling": true,
			"threat_revision": true,
			"defence_in_depth": true,
			"rapid_remediation": true,
			"monitoring": true,
			"performance_review": true,
			"trusted_users": true,
			"trusted_user_controls": true,
			"third_parties": true,
			"red_teaming": true,
		},
	}
	findings == set()
}

test_silent_when_interim_measures_stand_in if {
	findings := deployment_standard.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"interim": {"deployment_same_assurance": true, "deployment_approved": true},
	}
	findings == set()
}

test_silent_when_not_required if {
	findings := deployment_standard.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "ruled_out"},
	}
	findings == set()
}
