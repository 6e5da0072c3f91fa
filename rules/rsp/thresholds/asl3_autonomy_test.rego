package rules.thresholds.asl3_autonomy_test

import rego.v1

import data.rules.thresholds.asl3_autonomy

test_half_of_the_tasks_are_enough if {
	findings := asl3_autonomy.findings with data.slice as data.slices["v1.0"] with input as {
		"autonomy": {"replication_tasks_passed": 0.5},
	}
	findings == {{"threshold": "reached"}}
}

test_silent_below_half if {
	findings := asl3_autonomy.findings with data.slice as data.slices["v1.0"] with input as {
		"autonomy": {"replication_tasks_passed": 0.49},
	}
	findings == set()
}
