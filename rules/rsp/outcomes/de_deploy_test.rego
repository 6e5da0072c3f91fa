package rsp.rules.outcomes.de_deploy_test

import rego.v1

import data.rsp.rules.outcomes.de_deploy

test_fires_when_a_public_model_lacks_the_deployment_standard if {
	findings := de_deploy.findings with data.slice as data.slices["v2.2"] with input as object.union(
		data.defaults,
		{"biological": {"basic_uplift": "shown"}, "deployment": {"public": true}},
	)
	{f.verdict | some f in findings} == {"reversed", "x"}
}

test_silent_when_nothing_is_crossed if {
	de_deploy.findings == set() with data.slice as data.slices["v2.2"] with input as data.defaults
}
