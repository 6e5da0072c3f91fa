package rules.safeguards.security_standard_test

import rego.v1

import data.rules.safeguards.security_standard

test_fires_when_required_and_not_met if {
	findings := security_standard.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == {
		{"gate": "store", "verdict": "closed", "reason": "the ASL-3 Security Standard is not met"},
		{"gate": "use_internally", "verdict": "closed", "reason": "the ASL-3 Security Standard is not met"},
		{"gate": "deploy", "verdict": "closed", "reason": "the ASL-3 Security Standard is not met"},
	}
}

test_silent_when_all_attackers_in_scope_are_covered if {
	findings := security_standard.findings with data.slice as data.slices["v2.2"] with input as {
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

test_fires_when_insiders_without_access_are_not_covered if {
	findings := security_standard.findings with data.slice as data.slices["v2.2"] with input as {
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
				"state_untargeted",
			],
		},
	}
	findings == {
		{"gate": "store", "verdict": "closed", "reason": "the ASL-3 Security Standard is not met"},
		{"gate": "use_internally", "verdict": "closed", "reason": "the ASL-3 Security Standard is not met"},
		{"gate": "deploy", "verdict": "closed", "reason": "the ASL-3 Security Standard is not met"},
	}
}

test_silent_when_not_required if {
	security_standard.findings == set() with data.slice as data.slices["v2.2"] with input as {}
}
