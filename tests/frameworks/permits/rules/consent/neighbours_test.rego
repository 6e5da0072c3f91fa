package rules.consent.neighbours_test

import rego.v1

import data.rules.consent.neighbours

test_fires_when_too_few_signed if {
	count(neighbours.findings) == 1 with data.slice as data.slices.beta with input as {"plan": {"signatures": 1}}
}

test_silent_when_enough_signed if {
	count(neighbours.findings) == 0 with data.slice as data.slices.beta with input as {"plan": {"signatures": 2}}
}
