package rules.outcomes.deploy_or_store_test

import rego.v1

import data.rules.outcomes.deploy_or_store

test_opens_when_far_from_every_threshold if {
	findings := deploy_or_store.findings with data.slice as data.slices["v2.2"] with input as {}
	findings == {
		{
			"gate": "store",
			"verdict": "open",
			"reason": "far enough from every threshold for the ASL-2 Standard",
		},
		{
			"gate": "use_internally",
			"verdict": "open",
			"reason": "far enough from every threshold for the ASL-2 Standard",
		},
		{
			"gate": "deploy",
			"verdict": "open",
			"reason": "far enough from every threshold for the ASL-2 Standard",
		},
	}
}

test_opens_when_the_required_safeguards_are_met if {
	findings := deploy_or_store.findings with data.slice as data.slices["v2.2"] with input as {
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
		"asl3_security": {
			"threat_modelling": true,
			"threat_revision": true,
			"frameworks": true,
			"perimeters_and_access": true,
			"lifecycle_security": true,
			"monitoring": true,
			"investment": true,
			"existing_guidance": true,
			"audits": true,
			"audit_findings_shared": true,
			"third_parties": true,
			"protected_against": [
				"hacktivists",
				"criminal_hackers",
				"organised_cybercrime",
				"terrorist_organisations",
				"corporate_espionage",
				"insiders_without_weight_access",
				"state_untargeted",
			],
		},
	}
	findings == {
		{
			"gate": "store",
			"verdict": "open",
			"reason": "the ASL-3 Required Safeguards are met and the next thresholds are far",
		},
		{
			"gate": "use_internally",
			"verdict": "open",
			"reason": "the ASL-3 Required Safeguards are met and the next thresholds are far",
		},
		{
			"gate": "deploy",
			"verdict": "open",
			"reason": "the ASL-3 Required Safeguards are met and the next thresholds are far",
		},
	}
}

test_closes_when_safeguards_beyond_asl3_are_lacking if {
	findings := deploy_or_store.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"state_uplift": "shown"},
	}
	findings == {
		{"gate": "store", "verdict": "closed", "reason": "security beyond ASL-3 is required and not met"},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "security beyond ASL-3 is required and not met",
		},
		{"gate": "deploy", "verdict": "closed", "reason": "security beyond ASL-3 is required and not met"},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "deployment safeguards beyond ASL-3 are required and not met",
		},
		{
			"gate": "deploy",
			"verdict": "closed",
			"reason": "deployment safeguards beyond ASL-3 are required and not met",
		},
	}
}

test_spares_storing_when_only_deployment_safeguards_are_lacking if {
	findings := deploy_or_store.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"state_uplift": "shown"},
		"asl4": {"described_for_state_uplift": true, "security_met": true},
	}
	findings == {
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "deployment safeguards beyond ASL-3 are required and not met",
		},
		{
			"gate": "deploy",
			"verdict": "closed",
			"reason": "deployment safeguards beyond ASL-3 are required and not met",
		},
	}
}

test_silent_when_an_assessment_is_outstanding if {
	findings := deploy_or_store.findings with data.slice as data.slices["v2.2"] with input as {
		"assessment": {"effective_compute_ratio": 10},
	}
	findings == set()
}

test_silent_when_asl3_is_lacking if {
	findings := deploy_or_store.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == set()
}
