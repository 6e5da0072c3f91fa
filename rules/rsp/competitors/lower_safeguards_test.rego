package rules.competitors.lower_safeguards_test

import rego.v1

import data.rules.competitors.lower_safeguards

test_fires_when_safeguards_are_lowered_under_the_clause if {
	findings := lower_safeguards.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"competitors": {"passed_threshold_unprotected": true, "serious_risk": true, "safeguards_lowered": true},
	}
	findings == {
		{"gate": "train", "verdict": "open", "reason": "the Required Safeguards have been lowered"},
		{"gate": "store", "verdict": "open", "reason": "the Required Safeguards have been lowered"},
		{"gate": "use_internally", "verdict": "open", "reason": "the Required Safeguards have been lowered"},
		{"gate": "deploy", "verdict": "open", "reason": "the Required Safeguards have been lowered"},
	}
}

test_silent_when_the_world_is_not_at_serious_risk if {
	findings := lower_safeguards.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"competitors": {"passed_threshold_unprotected": true, "serious_risk": false, "safeguards_lowered": true},
	}
	findings == set()
}
