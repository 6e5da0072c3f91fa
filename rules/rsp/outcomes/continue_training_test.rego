package rules.outcomes.continue_training_test

import rego.v1

import data.rules.outcomes.continue_training

test_opens_when_nothing_is_lacking if {
	findings := continue_training.findings with data.slice as data.slices["v2.2"] with input as {}
	findings == {
		{"gate": "train", "verdict": "open", "reason": "training may continue with assessments as before"},
	}
}

test_closes_when_safeguards_beyond_asl3_are_lacking if {
	findings := continue_training.findings with data.slice as data.slices["v2.2"] with input as {
		"ai_rnd": {"scaling_two_years_in_one": "shown"},
	}
	findings == {
		{"gate": "train", "verdict": "closed", "reason": "security beyond ASL-3 is required and not met"},
	}
}

test_silent_when_asl3_security_is_lacking if {
	findings := continue_training.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == set()
}
