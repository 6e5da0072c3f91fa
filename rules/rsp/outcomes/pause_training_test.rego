package rules.outcomes.pause_training_test

import rego.v1

import data.rules.outcomes.pause_training

test_pauses_until_the_analysis if {
	findings := pause_training.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "closed",
			"reason": "training pauses: the ASL-3 Containment Measures are not in place",
		},
		{"status": "due"},
	}
}

test_pauses_on_warning_signs_of_asl4 if {
	findings := pause_training.findings with data.slice as data.slices["v1.0"] with input as {
		"warning_signs": {"asl4_triggered": true},
	}
	findings == {{
		"gate": "train",
		"verdict": "closed",
		"reason": "training pauses: ASL-4 warning signs without the measures for them",
	}}
}

test_silent_when_nothing_triggers if {
	findings := pause_training.findings with data.slice as data.slices["v1.0"] with input as {}
	findings == set()
}
