package rules.outcomes.weight_deletion_test

import rego.v1

import data.rules.outcomes.weight_deletion

test_reverses_when_merited if {
	findings := weight_deletion.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "shown"},
		"response": {"stakeholders_convened": true, "deletion_merited": true},
	}
	findings == {
		{
			"gate": "store",
			"verdict": "reversed",
			"reason": "the danger was found to merit deletion of the weights",
		},
		{"status": "met"},
	}
}

test_due_until_they_have_met if {
	findings := weight_deletion.findings with data.slice as data.slices["v1.0"] with input as {
		"biological": {"basic_uplift": "shown"},
	}
	findings == {{"status": "due"}}
}
