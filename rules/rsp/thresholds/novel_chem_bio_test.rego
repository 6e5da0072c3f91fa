package rules.thresholds.novel_chem_bio_test

import rego.v1

import data.rules.thresholds.novel_chem_bio

test_fires_when_help_beyond_covid_is_shown if {
	findings := novel_chem_bio.findings with data.slice as data.slices["v3.0"] with input as {
		"biological": {"novel_uplift": "shown"},
	}
	findings == {
		{"threshold": "reached", "subject": "biological"},
		{"standard": "deployment", "level": "ASL-3"},
		{"standard": "security", "level": "ASL-3"},
	}
}

test_silent_when_help_cannot_be_ruled_out if {
	findings := novel_chem_bio.findings with data.slice as data.slices["v3.0"] with input as {
		"biological": {"novel_uplift": "not_ruled_out"},
	}
	findings == set()
}

test_silent_when_damage_is_comparable_to_covid if {
	findings := novel_chem_bio.findings with data.slice as data.slices["v3.0"] with input as {
		"biological": {"novel_uplift": "shown", "novel_uplift_damage": "comparable_to_covid"},
	}
	findings == set()
}

test_fires_when_specialists_are_replaceable_for_damage_like_covid if {
	findings := novel_chem_bio.findings with data.slice as data.slices["v3.3"] with input as {
		"chemical": {"specialist_substitution": "shown", "novel_uplift_damage": "comparable_to_covid"},
	}
	findings == {
		{"threshold": "reached", "subject": "chemical"},
		{"standard": "deployment", "level": "ASL-3"},
		{"standard": "security", "level": "ASL-3"},
	}
}

test_silent_when_the_model_helps_but_replaces_no_specialist if {
	findings := novel_chem_bio.findings with data.slice as data.slices["v3.3"] with input as {
		"biological": {
			"novel_uplift": "shown",
			"specialist_substitution": "ruled_out",
			"novel_uplift_damage": "far_beyond_covid",
		},
	}
	findings == set()
}

test_silent_when_the_damage_stays_below_covid if {
	findings := novel_chem_bio.findings with data.slice as data.slices["v3.4"] with input as {
		"biological": {"specialist_substitution": "shown", "novel_uplift_damage": "below_covid"},
	}
	findings == set()
}
