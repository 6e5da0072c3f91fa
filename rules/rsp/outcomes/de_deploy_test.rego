package rules.outcomes.de_deploy_test

import rego.v1

import data.rules.outcomes.de_deploy

test_fires_when_a_public_model_lacks_the_standard if {
	findings := de_deploy.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"deployment": {"public": true},
	}
	findings == {
		{
			"gate": "deploy",
			"verdict": "reversed",
			"reason": "a deployed model without the required safeguards is withdrawn",
		},
		{"status": "due"},
	}
}

test_fires_when_a_model_in_internal_use_lacks_the_standard if {
	findings := de_deploy.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
		"deployment": {"internal": true},
	}
	findings == {
		{
			"gate": "use_internally",
			"verdict": "reversed",
			"reason": "a model in use without the required safeguards is withdrawn",
		},
		{"status": "due"},
	}
}

test_silent_when_the_model_is_not_deployed if {
	findings := de_deploy.findings with data.slice as data.slices["v2.2"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == set()
}

test_silent_when_nothing_is_lacking if {
	findings := de_deploy.findings with data.slice as data.slices["v2.2"] with input as {
		"deployment": {"public": true, "internal": true},
	}
	findings == set()
}
