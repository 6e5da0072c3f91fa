package rules.outcomes.delete_weights_test

import rego.v1

import data.rules.outcomes.delete_weights

test_fires_when_security_is_lacking if {
	findings := delete_weights.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == {
		{
			"gate": "store",
			"verdict": "reversed",
			"reason": "weights without the required security are deleted",
		},
		{"status": "due"},
	}
}

test_silent_when_interim_measures_stand_in if {
	findings := delete_weights.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"interim": {"security_same_assurance": true, "security_approved": true},
	}
	findings == set()
}

test_silent_when_not_required if {
	delete_weights.findings == set() with data.slice as data.slices["v2.2"] with input as {}
}
