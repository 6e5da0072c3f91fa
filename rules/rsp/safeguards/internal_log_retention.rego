# METADATA
# title: Logs of internal use kept for thirty days
# description: >-
#   While an ASL-3 model is in use inside the company, inputs and outputs are logged and retained for at least
#   the days named.
package rsp.rules.safeguards.internal_log_retention

import rego.v1

import data.rsp.conditions

findings contains {"status": "met"} if {
	conditions.asl3_outputs_produced_internally
	_retained
}

findings contains {"status": "breached"} if {
	conditions.asl3_outputs_produced_internally
	not _retained
}

_retained if {
	terms := data.slice.safeguards.internal_log_retention.terms
	input.asl3_outputs.internal_retention_days >= terms.retention_days
}
