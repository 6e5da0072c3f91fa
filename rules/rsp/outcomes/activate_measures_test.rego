package rules.outcomes.activate_measures_test

import rego.v1

import data.rules.outcomes.activate_measures

test_silent_without_the_measures if {
	findings := activate_measures.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
	}
	findings == set()
}

test_waits_until_the_measures_are_activated if {
	findings := activate_measures.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "not_ruled_out"},
		"asl3_containment": {
			"resists_nonstate": true,
			"costly_for_states": true,
			"compartmentalisation": true,
			"software": true,
			"hardware": true,
			"physical": true,
			"segmentation": true,
			"monitoring": true,
			"inference_limits": true,
			"security_in_code": true,
			"people": true,
			"testing": true,
		},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "conditional",
			"reason": "the ASL-3 Containment Measures are yet to be activated",
		},
		{"status": "due"},
	}
}
