# METADATA
# title: Logs of ASL-3 models kept for thirty days
# description: >-
#   While an ASL-3 model is deployed or in use, its inputs and outputs are retained for at least the days named.
package rsp.rules.safeguards.log_retention

import rego.v1

import data.rsp.conditions

findings contains {"status": "met"} if {
	conditions.asl3_outputs_produced
	_retained
}

findings contains {"status": "breached"} if {
	conditions.asl3_outputs_produced
	not _retained
}

_retained if input.asl3_outputs.retention_days >= data.slice.safeguards.log_retention.terms.retention_days
