package rules.thresholds.state_cbrn_uplift_test

import rego.v1

import data.rules.thresholds.state_cbrn_uplift

test_fires_when_state_uplift_is_shown if {
	findings := state_cbrn_uplift.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"state_uplift": "shown"},
	}
	findings == {
		{"threshold": "reached", "subject": "biological"},
		{"standard": "deployment", "level": "ASL-4"},
		{"standard": "security", "level": "ASL-4"},
	}
}

test_silent_when_only_basic_uplift_is_shown if {
	findings := state_cbrn_uplift.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == set()
}
