package rules.outcomes.comparable_training_test

import rego.v1

import data.rules.outcomes.comparable_training

test_fires_when_the_model_in_training_is_as_capable if {
	findings := comparable_training.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "closed",
			"reason": "a comparable model may not be trained without the ASL-3 Security Standard",
		},
		{"status": "due"},
	}
}

test_fires_when_only_interim_security_is_there if {
	findings := comparable_training.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"interim": {"security_same_assurance": true, "security_approved": true},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "closed",
			"reason": "a comparable model may not be trained without the ASL-3 Security Standard",
		},
		{"status": "due"},
	}
}

test_silent_when_the_model_in_training_is_less_capable if {
	findings := comparable_training.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"training": {"effective_compute_ratio": 0.99},
	}
	findings == set()
}

test_silent_when_security_alone_is_met if {
	findings := comparable_training.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
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
	findings == set()
}
