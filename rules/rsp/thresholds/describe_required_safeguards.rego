# METADATA
# title: Required Safeguards described before training or deploying
# description: >-
#   A model past a threshold whose safeguards are not described may be neither trained nor deployed, inside the
#   company or outside. Only CBRN-4 and AI R&D-5 stand without a description in the text.
package rules.thresholds.describe_required_safeguards

import rego.v1

import data.conditions

findings contains {"gate": gate, "verdict": "closed", "reason": "the Required Safeguards are not described"} if {
	conditions.required_safeguards_undescribed
	some gate in {"train", "use_internally", "deploy"}
}

findings contains {"status": "overdue"} if {
	conditions.required_safeguards_undescribed
	conditions.publicly_deployed
}

findings contains {"status": "due"} if {
	conditions.required_safeguards_undescribed
	not conditions.publicly_deployed
}

findings contains {"status": "met"} if {
	conditions.asl4_required
	conditions.required_safeguards_described
}
