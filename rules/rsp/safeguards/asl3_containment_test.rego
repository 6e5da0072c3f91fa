package rules.safeguards.asl3_containment_test

import rego.v1

import data.rules.safeguards.asl3_containment

test_names_the_level if {
	findings := asl3_containment.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
	}
	findings == {{"standard": "security", "level": "ASL-3"}}
}

test_silent_when_the_evaluation_was_overly_conservative if {
	findings := asl3_containment.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
		"response": {"analysis": "overly_conservative"},
	}
	findings == set()
}
