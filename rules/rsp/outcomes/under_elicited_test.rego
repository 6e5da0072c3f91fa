package rules.outcomes.under_elicited_test

import rego.v1

import data.rules.outcomes.under_elicited

test_halts_deployment if {
	findings := under_elicited.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
		"deployment": {"public": true},
	}
	findings == {
		{"gate": "deploy", "verdict": "closed", "reason": "deployment to new customers is halted"},
		{"status": "due"},
	}
}

test_silent_before_deployment if {
	findings := under_elicited.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
	}
	findings == set()
}
