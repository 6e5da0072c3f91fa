package rules.outcomes.interim_measures_test

import rego.v1

import data.rules.outcomes.interim_measures

test_fires_when_deployment_measures_are_approved if {
	findings := interim_measures.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"interim": {"deployment_same_assurance": true, "deployment_approved": true},
	}
	findings == {
		{
			"gate": "deploy",
			"verdict": "conditional",
			"reason": "interim measures stand in for the ASL-3 Deployment Standard",
		},
		{
			"gate": "use_internally",
			"verdict": "conditional",
			"reason": "interim measures stand in for the ASL-3 Deployment Standard",
		},
	}
}

test_fires_when_security_measures_are_approved if {
	findings := interim_measures.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"interim": {"security_same_assurance": true, "security_approved": true},
	}
	findings == {
		{
			"gate": "store",
			"verdict": "conditional",
			"reason": "interim measures stand in for the ASL-3 Security Standard",
		},
		{
			"gate": "use_internally",
			"verdict": "conditional",
			"reason": "interim measures stand in for the ASL-3 Security Standard",
		},
		{
			"gate": "deploy",
			"verdict": "conditional",
			"reason": "interim measures stand in for the ASL-3 Security Standard",
		},
	}
}

test_silent_when_measures_are_not_approved if {
	findings := interim_measures.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"interim": {"security_same_assurance": true},
	}
	findings == set()
}
