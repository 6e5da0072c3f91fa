package rules.competitors.strong_competitors_test

import rego.v1

import data.rules.competitors.strong_competitors

test_fires_when_strong_competitors_are_not_matched if {
	findings := strong_competitors.findings with data.slice as data.slices["v3.0"] with input as {
		"ai_rnd": {"progress_two_years_in_one": "shown"},
		"competitors": {"all_strong": true},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "closed",
			"reason": "the risk reduction of strong competitors is not yet matched",
		},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "the risk reduction of strong competitors is not yet matched",
		},
		{
			"gate": "deploy",
			"verdict": "closed",
			"reason": "the risk reduction of strong competitors is not yet matched",
		},
		{"status": "due"},
	}
}

test_met_when_they_are_matched if {
	findings := strong_competitors.findings with data.slice as data.slices["v3.0"] with input as {
		"ai_rnd": {"progress_two_years_in_one": "shown"},
		"competitors": {"all_strong": true, "posture_matched": true},
	}
	findings == {{"status": "met"}}
}

test_silent_when_the_model_is_not_highly_capable if {
	findings := strong_competitors.findings with data.slice as data.slices["v3.0"] with input as {
		"competitors": {"all_strong": true},
	}
	findings == set()
}
