# METADATA
# title: ASL-3 by autonomous replication
# description: >-
#   Says that the evaluations for autonomous replication trigger: the share of tasks passed reaches the
#   figure of the record.
package rules.thresholds.asl3_autonomy

import rego.v1

import data.conditions

findings contains {"threshold": "reached"} if conditions.autonomy_evaluation_triggered
