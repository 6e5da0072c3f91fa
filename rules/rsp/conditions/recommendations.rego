# What the recommendations to the industry turn on.
package conditions

import rego.v1

# METADATA
# title: the sabotage threshold is crossed and the risk has become harder to rule out
sabotage_risk_hard_to_rule_out if {
	sabotage_threshold_crossed
	input.arguments.sabotage_risk_hard_to_rule_out
}

# METADATA
# title: national regulation governs safety arguments of frontier developers
national_regulation_in_force if input.regime.national_regulation

# METADATA
# title: third parties govern the frontier developers
third_party_governance_in_place if input.regime.third_party_governance
