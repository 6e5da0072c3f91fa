# METADATA
# title: What becomes of the requests of a customer
package service.quota

import rego.v1

# METADATA
# title: Whether requests are served, throttled or blocked, and why
# entrypoint: true
decision := {"verdict": verdict, "reasons": reasons}

default verdict := "serve"

verdict := "block" if blocked

verdict := "throttle" if {
	slowed
	not blocked
}

# METADATA
# title: Why requests are not served
# scope: document
reasons contains "the contract does not run" if not contract_runs

reasons contains "the quota is used up" if over_quota

reasons contains "the customer is not verified" if unverified

# METADATA
# title: requests are blocked
blocked if {
	not contract_runs
	not in_grace
}

blocked if unverified

# METADATA
# title: requests are slowed down
slowed if over_quota

slowed if in_grace

# METADATA
# title: the plan is free and the customer is not verified
unverified if {
	input.plan == "free"
	not input.verified
}

# METADATA
# title: the contract has ended and the days of grace still run
in_grace if {
	input.contract.term.start <= data.today
	input.contract.term.end >= data.grace_from
	not contract_runs
}

# METADATA
# title: the contract runs today
contract_runs if {
	input.contract.term.start <= data.today
	input.contract.term.end >= data.today
}

# METADATA
# title: the contract is from before the new prices
legacy if input.contract.term.start < data.legacy_before

# METADATA
# title: the requests to expect are more than the quota
over_quota if expected > allowed

# METADATA
# title: The requests to expect on a day
expected := (input.usage.requests_per_day * data.growth) + data.reserve

# METADATA
# title: The requests that the plan includes
allowed := data.quota[input.plan] * data.legacy_factor if legacy

allowed := data.quota[input.plan] if not legacy
