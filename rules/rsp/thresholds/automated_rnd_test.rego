package rules.thresholds.automated_rnd_test

import rego.v1

import data.rules.thresholds.automated_rnd

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

test_fires_when_the_staff_is_replaceable_at_five_times_the_cost if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.1"] with input as {
		"ai_rnd": {"substitutes_all_researchers": "shown", "substitution_cost_ratio": 5},
	}
	findings == {{"threshold": "reached"}}
}

test_silent_when_replacing_the_staff_costs_more if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.4"] with input as {
		"ai_rnd": {"substitutes_all_researchers": "shown", "substitution_cost_ratio": 5.1},
	}
	findings == set()
}

test_fires_when_progress_doubles_what_is_expected_without_ai if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.1"] with input as {"ai_rnd": {
		"progress_rate_vs_without_ai": 2,
		"progress_rate_vs_fastest_stretch": 1,
		"acceleration_due_to_automation": true,
		"further_acceleration": "possible",
	}}
	findings == {{"threshold": "reached"}}
}

test_silent_when_automation_is_not_the_cause if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.1"] with input as {"ai_rnd": {
		"progress_rate_vs_without_ai": 2,
		"acceleration_due_to_automation": false,
		"further_acceleration": "likely",
	}}
	findings == set()
}

test_silent_when_the_fastest_stretch_is_not_doubled if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.4"] with input as {"ai_rnd": {
		"progress_rate_vs_without_ai": 3,
		"progress_rate_vs_fastest_stretch": 1.9,
		"acceleration_due_to_automation": true,
		"further_acceleration": "likely",
	}}
	findings == set()
}

test_silent_when_further_acceleration_is_only_possible if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.4"] with input as {"ai_rnd": {
		"progress_rate_vs_without_ai": 3,
		"progress_rate_vs_fastest_stretch": 2,
		"acceleration_due_to_automation": true,
		"further_acceleration": "possible",
	}}
	findings == set()
}

test_fires_when_both_rates_are_doubled_and_more_is_likely if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.4"] with input as {"ai_rnd": {
		"progress_rate_vs_without_ai": 2,
		"progress_rate_vs_fastest_stretch": 2,
		"acceleration_due_to_automation": true,
		"further_acceleration": "likely",
	}}
	findings == {{"threshold": "reached"}}
}

test_silent_when_the_test_is_no_longer_two_years_in_one if {
	findings := automated_rnd.findings with data.slice as data.slices["v3.1"] with input as {
		"ai_rnd": {"progress_two_years_in_one": "shown"},
	}
	findings == set()
}
