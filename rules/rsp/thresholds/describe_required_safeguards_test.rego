package rules.thresholds.describe_required_safeguards_test

import rego.v1

import data.rules.thresholds.describe_required_safeguards

test_fires_when_state_uplift_has_no_described_safeguards if {
	findings := describe_required_safeguards.findings with data.slice as data.slices["v2.2"] with input as {
		"nuclear": {"state_uplift": "shown"},
	}
	findings == {
		{"gate": "train", "verdict": "closed", "reason": "the Required Safeguards are not described"},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "the Required Safeguards are not described",
		},
		{"gate": "deploy", "verdict": "closed", "reason": "the Required Safeguards are not described"},
		{"status": "due"},
	}
}

test_overdue_when_the_model_is_public if {
	findings := describe_required_safeguards.findings with data.slice as data.slices["v2.2"] with input as {
		"nuclear": {"state_uplift": "shown"},
		"deployment": {"public": true},
	}
	findings == {
		{"gate": "train", "verdict": "closed", "reason": "the Required Safeguards are not described"},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "the Required Safeguards are not described",
		},
		{"gate": "deploy", "verdict": "closed", "reason": "the Required Safeguards are not described"},
		{"status": "overdue"},
	}
}

test_met_when_they_are_described if {
	findings := describe_required_safeguards.findings with data.slice as data.slices["v2.2"] with input as {
		"nuclear": {"state_uplift": "shown"},
		"asl4": {"described_for_state_uplift": true},
	}
	findings == {{"status": "met"}}
}

test_silent_when_no_such_threshold_is_reached if {
	findings := describe_required_safeguards.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == set()
}
