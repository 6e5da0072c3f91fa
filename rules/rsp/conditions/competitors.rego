# Other developers.
package conditions

import rego.v1

# METADATA
# title: a highly capable model exists or is imminent
# scope: document
highly_capable_or_imminent if automated_rnd_crossed

highly_capable_or_imminent if {
	data.slice.thresholds.automated_rnd
	input.competitors.highly_capable_imminent
}

# METADATA
# title: the developer leads clearly with a highly capable model
clear_lead if {
	highly_capable_or_imminent
	input.competitors.none_soon
	input.competitors.significant_lead
}

# METADATA
# title: all competitors with highly capable models have strong safety measures
competitors_strong if {
	automated_rnd_crossed
	input.competitors.all_strong
}

# METADATA
# title: a competitor mitigates a prioritised risk significantly better at comparable cost
better_mitigation_available if {
	input.competitors.better_mitigation
	input.competitors.comparable_cost
}

# METADATA
# title: the developer leads clearly and cannot argue strongly that the risk is contained
delay_while_leading if {
	clear_lead
	not input.competitors.containment_argument
}

# METADATA
# title: the risk reduction of strong competitors is not yet matched
delay_behind_competitors if {
	competitors_strong
	not input.competitors.posture_matched
}
