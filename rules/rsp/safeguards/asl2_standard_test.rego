package rules.safeguards.asl2_standard_test

import rego.v1

import data.rules.safeguards.asl2_standard

test_names_the_baseline_when_it_is_met if {
	findings := asl2_standard.findings with data.slice as data.slices["v2.2"] with input as {}
	findings == {{"standard": "deployment", "level": "ASL-2"}, {"standard": "security", "level": "ASL-2"}}
}

test_fires_when_a_deployment_item_is_lacking if {
	findings := asl2_standard.findings with data.slice as data.slices["v2.2"] with input as {
		"asl2_deployment": {"harmlessness_training": false},
	}
	findings == {
		{"standard": "deployment", "level": "ASL-2"},
		{"standard": "security", "level": "ASL-2"},
		{"gate": "use_internally", "verdict": "closed", "reason": "the ASL-2 Deployment Standard is not met"},
		{"gate": "deploy", "verdict": "closed", "reason": "the ASL-2 Deployment Standard is not met"},
	}
}

test_fires_when_a_security_item_is_lacking if {
	findings := asl2_standard.findings with data.slice as data.slices["v2.2"] with input as {
		"asl2_security": {"operations": false},
	}
	findings == {
		{"standard": "deployment", "level": "ASL-2"},
		{"standard": "security", "level": "ASL-2"},
		{"gate": "train", "verdict": "closed", "reason": "the ASL-2 Security Standard is not met"},
		{"gate": "store", "verdict": "closed", "reason": "the ASL-2 Security Standard is not met"},
		{"gate": "use_internally", "verdict": "closed", "reason": "the ASL-2 Security Standard is not met"},
		{"gate": "deploy", "verdict": "closed", "reason": "the ASL-2 Security Standard is not met"},
	}
}
