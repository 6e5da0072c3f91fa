# METADATA
# title: Automated R&D in key domains
# description: >-
#   Says that the threshold is reached, which makes the model highly capable. It demands measures of the company
#   plan, not a standard.
# related_resources:
#   - description: RSP v3.0, section 1 (p. 8-9) and section 3.6 (p. 13)
# custom:
#   commitment: thresholds/automated_rnd
package rsp.rules.thresholds.automated_rnd

import rego.v1

import data.rsp.conditions

# METADATA
# title: What the commitment says about these facts
# scope: document
findings contains {"threshold": "reached"} if conditions.automated_rnd_crossed
