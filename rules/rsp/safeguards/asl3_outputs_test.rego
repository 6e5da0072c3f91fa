package rules.safeguards.asl3_outputs_test

import rego.v1

import data.rules.safeguards.asl3_outputs

test_closes_use_and_deployment if {
	findings := asl3_outputs.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
	}
	findings == {
		{"standard": "deployment", "level": "ASL-3"},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "the ASL-3 Deployment Measures are not in place",
		},
		{"gate": "deploy", "verdict": "closed", "reason": "the ASL-3 Deployment Measures are not in place"},
	}
}

test_silent_below_the_level if {
	findings := asl3_outputs.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "ruled_out"},
	}
	findings == set()
}
