package rules.thresholds.high_stakes_sabotage_test

import rego.v1

import data.rules.thresholds.high_stakes_sabotage

test_fires_when_all_elements_are_present if {
	findings := high_stakes_sabotage.findings with data.slice as data.slices["v3.0"] with input as {
		"sabotage": {
			"highly_relied_on": true,
			"extensive_sensitive_access": true,
			"autonomy_and_subterfuge": "not_ruled_out",
			"plausible": true,
		},
	}
	findings == {{"threshold": "reached"}}
}

test_silent_when_access_is_not_extensive if {
	findings := high_stakes_sabotage.findings with data.slice as data.slices["v3.0"] with input as {
		"sabotage": {"highly_relied_on": true, "autonomy_and_subterfuge": "shown", "plausible": true},
	}
	findings == set()
}
