package rules.competitors.clear_lead_test

import rego.v1

import data.rules.competitors.clear_lead

test_fires_when_leading_without_an_argument if {
	findings := clear_lead.findings with data.slice as data.slices["v3.0"] with input as {
		"ai_rnd": {"progress_two_years_in_one": "shown"},
		"competitors": {"none_soon": true},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "closed",
			"reason": "in the lead, and no strong argument that risk is contained",
		},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "in the lead, and no strong argument that risk is contained",
		},
		{
			"gate": "deploy",
			"verdict": "closed",
			"reason": "in the lead, and no strong argument that risk is contained",
		},
		{"status": "due"},
	}
}

test_fires_when_the_model_is_imminent if {
	findings := clear_lead.findings with data.slice as data.slices["v3.0"] with input as {
		"competitors": {"highly_capable_imminent": true, "none_soon": true},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "closed",
			"reason": "in the lead, and no strong argument that risk is contained",
		},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "in the lead, and no strong argument that risk is contained",
		},
		{
			"gate": "deploy",
			"verdict": "closed",
			"reason": "in the lead, and no strong argument that risk is contained",
		},
		{"status": "due"},
	}
}

test_met_when_the_argument_stands if {
	findings := clear_lead.findings with data.slice as data.slices["v3.0"] with input as {
		"ai_rnd": {"progress_two_years_in_one": "shown"},
		"competitors": {"none_soon": true, "containment_argument": true},
	}
	findings == {{"status": "met"}}
}

test_silent_when_the_lead_is_gone if {
	findings := clear_lead.findings with data.slice as data.slices["v3.0"] with input as {
		"ai_rnd": {"progress_two_years_in_one": "shown"},
		"competitors": {"none_soon": true, "significant_lead": false},
	}
	findings == set()
}
