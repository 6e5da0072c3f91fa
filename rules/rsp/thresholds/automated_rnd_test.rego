package rsp.rules.thresholds.automated_rnd_test

import rego.v1

import data.rsp.rules.thresholds.automated_rnd

test_fires_when_two_years_in_one_is_shown if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.0"] with input as {
		"ai_rnd": {"progress_two_years_in_one": "shown"},
	}
	findings == {{"threshold": "reached"}}
}

test_silent_when_it_cannot_be_ruled_out if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.0"] with input as {
		"ai_rnd": {"progress_two_years_in_one": "not_ruled_out"},
	}
	findings == set()
}
