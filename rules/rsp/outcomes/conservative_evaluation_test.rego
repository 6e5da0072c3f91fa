package rules.outcomes.conservative_evaluation_test

import rego.v1

import data.rules.outcomes.conservative_evaluation

test_waits_for_new_evaluations if {
	findings := conservative_evaluation.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
		"response": {"analysis": "overly_conservative"},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "conditional",
			"reason": "new evaluations and an update of the policy come before training goes on",
		},
		{"status": "due"},
	}
}

test_met_with_both if {
	findings := conservative_evaluation.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
		"response": {"analysis": "overly_conservative", "new_evaluations": true, "policy_updated": true},
	}
	findings == {{"status": "met"}}
}

test_silent_when_the_risk_is_shown if {
	findings := conservative_evaluation.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "shown"},
		"response": {"analysis": "overly_conservative"},
	}
	findings == set()
}
