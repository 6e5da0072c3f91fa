package lib.duty_test

import rego.v1

import data.lib.duty

_act := {"force": data.scale.binding, "duty": {"when": "always", "done": ["review", "completed"]}}

_practice := {
	"force": data.scale.binding,
	"duty": {"when": "always", "done": ["review", "completed"], "practice": true},
}

_aim := {
	"force": "none that binds",
	"duty": {"when": "always", "done": ["review", "completed"], "practice": true},
}

_report := {
	"force": data.scale.binding,
	"terms": {"months": 6},
	"duty": {"when": "always", "within": "months", "elapsed": ["reports", "months"]},
}

_retention := {
	"force": data.scale.binding,
	"terms": {"days": 30},
	"duty": {"when": "always", "at_least": "days", "amount": ["logs", "days"], "practice": true},
}

test_done_when_the_fact_says_so if {
	duty.status(_act, false) == data.scale.roles.done with input as {"review": {"completed": true}}
}

test_open_when_not_done if {
	duty.status(_act, false) == data.scale.roles.open with input as {"review": {"completed": false}}
}

test_late_when_its_latest_moment_has_passed if {
	duty.status(_act, true) == data.scale.roles.late with input as {"review": {"completed": false}}
}

test_broken_when_a_practice_is_not_kept if {
	duty.status(_practice, false) == data.scale.roles.broken with input as {"review": {"completed": false}}
}

test_only_open_when_an_aim_slips if {
	duty.status(_aim, true) == data.scale.roles.open with input as {"review": {"completed": false}}
}

test_done_while_the_time_is_within_the_term if {
	duty.status(_report, false) == data.scale.roles.done with input as {"reports": {"months": 6}}
}

test_late_when_the_time_is_over if {
	duty.status(_report, false) == data.scale.roles.late with input as {"reports": {"months": 6.1}}
}

test_done_when_the_amount_reaches_the_term if {
	duty.status(_retention, false) == data.scale.roles.done with input as {"logs": {"days": 30}}
}

test_broken_when_the_amount_of_a_practice_falls_short if {
	duty.status(_retention, false) == data.scale.roles.broken with input as {"logs": {"days": 29}}
}
