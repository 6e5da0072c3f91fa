package rules.competitors.emergency_loosening_test

import rego.v1

import data.rules.competitors.emergency_loosening

test_opens_in_an_emergency if {
	findings := emergency_loosening.findings with data.slice as data.slices["v1.0"] with input as {
		"competitors": {
			"reckless_bad_actor": true,
			"ai_helps_defence": true,
			"authorities_consulted": true,
			"safeguards_lowered": true,
		},
	}
	findings == {finding |
		some gate in {"train", "store", "use_internally", "deploy"}
		finding := {
			"gate": gate,
			"verdict": "open",
			"reason": "the restrictions are loosened in an extreme emergency",
		}
	}
}

test_silent_without_the_authorities if {
	findings := emergency_loosening.findings with data.slice as data.slices["v1.0"] with input as {
		"competitors": {"reckless_bad_actor": true, "ai_helps_defence": true, "safeguards_lowered": true},
	}
	findings == set()
}
