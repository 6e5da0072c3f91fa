# METADATA
# title: High-stakes sabotage opportunities
# description: >-
#   Says that the threshold is reached. It demands disclosure and arguments, not a standard.
package rules.thresholds.high_stakes_sabotage

import rego.v1

import data.conditions

findings contains {"threshold": "reached"} if conditions.sabotage_threshold_crossed
