# METADATA
# title: Unredacted Risk Reports for at least 200 employees
# description: >-
#   Once a Risk Report is approved, counts the employees who have received it unredacted.
package rsp.rules.governance.unredacted_reports_to_employees

import rego.v1

import data.rsp.conditions

findings contains {"status": "met"} if {
	conditions.report_approved
	conditions.unredacted_report_widely_shared
}

findings contains {"status": "due"} if {
	conditions.report_approved
	not conditions.unredacted_report_widely_shared
}
