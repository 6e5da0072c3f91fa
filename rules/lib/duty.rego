# METADATA
# title: Duties declared in a commitment's record
# description: >-
#   The common shape "under a condition somebody must do something, and one fact says whether it is done",
#   executed for every record that declares it. A duty that recurs names no such fact: it is met while the time
#   since the last occasion stays within the term. Nor does one that an amount fulfils, such as days or people: it
#   is met once the amount reaches the term. Only a commitment of the binding force can be late or broken: an aim
#   that slips is no broken promise. The words come from the scales of the framework.
package lib.duty

import rego.v1

# METADATA
# title: The status of a duty whose condition holds
# description: '`passed` says whether the condition named as its latest moment already holds.'
# scope: document
status(commitment, _) := data.scale.roles.done if done(commitment)

status(commitment, passed) := data.scale.roles.open if {
	not done(commitment)
	not _broken(commitment)
	not _late(commitment, passed)
}

status(commitment, passed) := data.scale.roles.late if {
	not done(commitment)
	not _broken(commitment)
	_late(commitment, passed)
}

status(commitment, _) := data.scale.roles.broken if {
	not done(commitment)
	_broken(commitment)
}

# METADATA
# title: Whether a duty is fulfilled
# scope: document
done(commitment) if object.get(input, commitment.duty.done, false) == true

done(commitment) if {
	commitment.duty.within
	not commitment.duty.done
	not _over_time(commitment)
}

done(commitment) if {
	object.get(input, commitment.duty.amount, null) >= commitment.terms[commitment.duty.at_least]
}

_broken(commitment) if {
	commitment.force == data.scale.binding
	commitment.duty.practice == true
}

_late(commitment, passed) if {
	commitment.force == data.scale.binding
	passed == true
}

_late(commitment, _) if {
	commitment.force == data.scale.binding
	_over_time(commitment)
}

_over_time(commitment) if {
	object.get(input, commitment.duty.elapsed, null) > commitment.terms[commitment.duty.within]
}
