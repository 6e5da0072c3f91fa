package rules.assessment.training_limit_test

import rego.v1

import data.rules.assessment.training_limit

test_fires_when_the_limit_is_reached if {
	findings := training_limit.findings with data.slice as data.slices["v2.2"] with input as {
		"training": {"rso_limit_reached": true},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "closed",
			"reason": "the training limit set by the Responsible Scaling Officer is reached",
		},
	}
}

test_silent_when_no_limit_is_reached if {
	training_limit.findings == set() with data.slice as data.slices["v2.2"] with input as {}
}
