# METADATA
# title: Deployment to new customers halts
# description: >-
#   A deployed model that turns out to pass the evaluations goes to no new customers; those who use it may go
#   on in the majority of cases.
package rules.outcomes.under_elicited

import rego.v1

import data.conditions

findings contains {
	"gate": "deploy",
	"verdict": "closed",
	"reason": "deployment to new customers is halted",
} if {
	conditions.under_elicited_deployment
}

findings contains {"status": _status} if conditions.under_elicited_deployment

default _status := "due"

_status := "met" if input.response.halted_new_customers
