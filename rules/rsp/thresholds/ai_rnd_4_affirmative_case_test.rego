package rules.thresholds.ai_rnd_4_affirmative_case_test

import rego.v1

import data.rules.thresholds.ai_rnd_4_affirmative_case

test_fires_when_the_case_is_missing if {
	findings := ai_rnd_4_affirmative_case.findings with data.slice as data.slices["v2.2"] with input as {
		"ai_rnd": {"entry_level_researcher": "shown"},
	}
	findings == {
		{
			"gate": "train",
			"verdict": "closed",
			"reason": "the affirmative case on misaligned goals is missing",
		},
		{
			"gate": "store",
			"verdict": "closed",
			"reason": "the affirmative case on misaligned goals is missing",
		},
		{
			"gate": "use_internally",
			"verdict": "closed",
			"reason": "the affirmative case on misaligned goals is missing",
		},
		{
			"gate": "deploy",
			"verdict": "closed",
			"reason": "the affirmative case on misaligned goals is missing",
		},
		{"status": "due"},
	}
}

test_met_when_the_case_is_made if {
	findings := ai_rnd_4_affirmative_case.findings with data.slice as data.slices["v2.2"] with input as {
		"ai_rnd": {"entry_level_researcher": "shown", "affirmative_case": true},
	}
	findings == {{"status": "met"}}
}

test_silent_when_the_capability_is_ruled_out if {
	findings := ai_rnd_4_affirmative_case.findings with data.slice as data.slices["v2.2"] with input as {
		"ai_rnd": {"entry_level_researcher": "ruled_out"},
	}
	findings == set()
}
