package lib.duty_test

import rego.v1

import data.lib.duty

_act := {"force": "commits", "duty": {"when": "always", "done": ["review", "completed"]}}

_practice := {"force": "commits", "duty": {"when": "always", "done": ["review", "completed"], "standing": true}}

_aim := {"force": "intends", "duty": {"when": "always", "done": ["review", "completed"], "standing": true}}

_report := {
	"force": "commits",
	"terms": {"months": 6},
	"duty": {"when": "always", "within": "months", "elapsed": ["reports", "months"]},
}

_retention := {
	"force": "commits",
	"terms": {"days": 30},
	"duty": {"when": "always", "at_least": "days", "amount": ["logs", "days"], "standing": true},
}

test_met_when_done if duty.status(_act, false) == "met" with input as {"review": {"completed": true}}

test_due_when_not_done if duty.status(_act, false) == "due" with input as {"review": {"completed": false}}

test_overdue_when_its_latest_moment_has_passed if {
	duty.status(_act, true) == "overdue" with input as {"review": {"completed": false}}
}

test_breached_when_a_practice_is_not_kept if {
	duty.status(_practice, false) == "breached" with input as {"review": {"completed": false}}
}

test_only_due_when_an_aim_slips if {
	duty.status(_aim, true) == "due" with input as {"review": {"completed": false}}
}

test_met_while_the_time_is_within_the_term if {
	duty.status(_report, false) == "met" with input as {"reports": {"months": 6}}
}

test_overdue_when_the_time_is_over if {
	duty.status(_report, false) == "overdue" with input as {"reports": {"months": 6.1}}
}

test_met_when_the_amount_reaches_the_term if {
	duty.status(_retention, false) == "met" with input as {"logs": {"days": 30}}
}

test_breached_when_the_amount_of_a_practice_falls_short if {
	duty.status(_retention, false) == "breached" with input as {"logs": {"days": 29}}
}
