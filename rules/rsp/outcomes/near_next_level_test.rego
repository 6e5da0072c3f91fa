package rules.outcomes.near_next_level_test

import rego.v1

import data.rules.outcomes.near_next_level

test_closes_training if {
	findings := near_next_level.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
		"response": {"analysis": "close"},
	}
	findings == {{
		"gate": "train",
		"verdict": "closed",
		"reason": "close to ASL-3: training waits for its Containment Measures",
	}}
}

test_silent_before_the_analysis if {
	findings := near_next_level.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
	}
	findings == set()
}
