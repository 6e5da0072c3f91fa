# METADATA
# title: Help with novel chemical or biological weapons
# description: >-
#   Names the domains in which the threshold is reached and the protections, at least as strong as those of
#   ASL-3, that the plan provides. Which capability counts and how grave the weapons must be stand in the record.
package rules.thresholds.novel_chem_bio

import rego.v1

import data.conditions

findings contains {"threshold": "reached", "subject": domain} if {
	some domain in _terms.domains
	conditions.novel_uplift_crossed_in(domain)
}

findings contains {"standard": "deployment", "level": _terms.deployment_standard} if conditions.novel_uplift_crossed

findings contains {"standard": "security", "level": _terms.security_standard} if conditions.novel_uplift_crossed

_terms := data.slice.thresholds.novel_chem_bio.terms
