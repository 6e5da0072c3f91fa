package rules.outcomes.surpassed_level_test

import rego.v1

import data.rules.outcomes.surpassed_level

test_closes_storing if {
	findings := surpassed_level.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == {
		{
			"gate": "store",
			"verdict": "closed",
			"reason": "an ASL-3 model is stored without the ASL-3 Containment Measures",
		},
		{"status": "due"},
	}
}

test_silent_while_the_level_is_only_near if {
	findings := surpassed_level.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
	}
	findings == set()
}
