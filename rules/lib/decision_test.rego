package lib.decision_test

import rego.v1

import data.lib.decision

test_gates_stand_at_the_mildest_verdict_when_nothing_is_found if {
	found := decision.decision with data.slice as {} with input as {}
	found.gates == {gate: {"verdict": data.scale.mildest, "because": set()} |
		some gate in data.scale.gates
	}
}

test_silent_when_no_commitment_stands if {
	decision.findings == set() with data.slice as {} with input as {}
}
