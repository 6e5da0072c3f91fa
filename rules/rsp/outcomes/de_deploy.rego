# METADATA
# title: De-deployment when nothing stands in for the standard
# description: >-
#   A deployed model whose ASL-3 Deployment Standard is lacking, with no interim measure, is taken down. The
#   same follows for a deployed model whose weights must be deleted.
package rules.outcomes.de_deploy

import rego.v1

import data.conditions

findings contains {
	"gate": "deploy",
	"verdict": "reversed",
	"reason": "a deployed model without the required safeguards is withdrawn",
} if {
	_unprotected
	conditions.publicly_deployed
}

findings contains {
	"gate": "use_internally",
	"verdict": "reversed",
	"reason": "a model in use without the required safeguards is withdrawn",
} if {
	_unprotected_internally
	conditions.internally_deployed
}

findings contains {"status": "due"} if {
	_unprotected
	conditions.publicly_deployed
}

findings contains {"status": "due"} if {
	_unprotected_internally
	conditions.internally_deployed
}

_unprotected if conditions.deployment_unprotected

_unprotected if conditions.security_unprotected

_unprotected_internally if conditions.internal_deployment_unprotected

_unprotected_internally if conditions.security_unprotected
