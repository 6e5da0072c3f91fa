package rules.outcomes.pause_deployment_test

import rego.v1

import data.rules.outcomes.pause_deployment

test_waits_for_containment if {
	findings := pause_deployment.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
	}
	findings == {
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "deployment waits for the ASL-3 Containment Measures",
		},
		{
			"gate": "deploy",
			"verdict": "closed",
			"reason": "deployment waits for the ASL-3 Containment Measures",
		},
	}
}

test_silent_when_nothing_triggers if {
	findings := pause_deployment.findings with data.slice as data.slices["v1.0"] with input as {}
	findings == set()
}
