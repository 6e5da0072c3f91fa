package rsp.rules.assessment.notably_more_capable_test

import rego.v1

import data.rsp.rules.assessment.notably_more_capable

test_fires_when_effective_compute_is_fourfold if {
	findings := notably_more_capable.findings with data.slice as data.slices["v2.2"] with input as {
		"assessment": {"effective_compute_ratio": 4, "elicitation_months": 0},
	}
	findings == {{"status": "due"}}
}

test_silent_when_effective_compute_is_just_below if {
	findings := notably_more_capable.findings with data.slice as data.slices["v2.2"] with input as {
		"assessment": {"effective_compute_ratio": 3.99, "elicitation_months": 5.9},
	}
	findings == set()
}

test_fires_when_six_months_have_accumulated if {
	findings := notably_more_capable.findings with data.slice as data.slices["v2.2"] with input as {
		"assessment": {"effective_compute_ratio": 1, "elicitation_months": 6},
	}
	findings == {{"status": "due"}}
}

test_fires_when_the_officer_orders_it if {
	findings := notably_more_capable.findings with data.slice as data.slices["v2.2"] with input as {
		"assessment": {"effective_compute_ratio": 1, "elicitation_months": 0, "rso_orders_comprehensive": true},
	}
	findings == {{"status": "due"}}
}

test_met_when_the_assessment_is_completed if {
	findings := notably_more_capable.findings with data.slice as data.slices["v2.2"] with input as {
		"assessment": {"effective_compute_ratio": 4, "elicitation_months": 0, "comprehensive_completed": true},
	}
	findings == {{"status": "met"}}
}
