# METADATA
# title: Automated R&D in key domains
# description: >-
#   Says that the threshold is reached, which makes the model highly capable. It demands measures of the company
#   plan, not a standard. Which capabilities count, each by itself, stands in the record with its figures.
package rules.thresholds.automated_rnd

import rego.v1

import data.conditions

findings contains {"threshold": "reached"} if conditions.automated_rnd_crossed
