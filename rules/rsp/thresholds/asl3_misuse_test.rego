package rules.thresholds.asl3_misuse_test

import rego.v1

import data.rules.thresholds.asl3_misuse

test_names_each_domain if {
	findings := asl3_misuse.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
		"cyber": {"destructive_operations": "shown"},
	}
	findings == {
		{"threshold": "not ruled out", "subject": "biological"},
		{"threshold": "reached", "subject": "cyber"},
	}
}

test_counts_other_domains if {
	findings := asl3_misuse.findings with data.slice as data.slices["v1.0"] with input as {
		"misuse": {"catastrophic_risk": "shown"},
	}
	findings == {{"threshold": "reached", "subject": "other"}}
}

test_silent_on_harm_of_limited_scale if {
	findings := asl3_misuse.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "shown", "basic_uplift_damage": "limited"},
	}
	findings == set()
}

test_silent_on_what_is_ruled_out if {
	findings := asl3_misuse.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "ruled_out"},
	}
	findings == set()
}
