package rules.thresholds.ai_rnd_5_test

import rego.v1

import data.rules.thresholds.ai_rnd_5

test_fires_when_acceleration_is_shown if {
	findings := ai_rnd_5.findings with data.slice as data.slices["v2.2"] with input as {
		"ai_rnd": {"scaling_two_years_in_one": "shown"},
	}
	findings == {{"threshold": "reached"}, {"standard": "security", "level": "ASL-4"}}
}

test_silent_when_acceleration_is_ruled_out if {
	findings := ai_rnd_5.findings with data.slice as data.slices["v2.2"] with input as {
		"ai_rnd": {"scaling_two_years_in_one": "ruled_out"},
	}
	findings == set()
}
