# METADATA
# title: The decision of one version on one fact sheet
# description: >-
#   Collects what every commitment of the slice says about the facts, names each finding after its commitment,
#   and folds gates and standards. `data.slice` holds the commitments of the version, `data.scale` the ordered
#   scales of gates.yaml, `input` the complete facts.
package lib.decision

import rego.v1

import data.lib.duty
import data.lib.scale

# METADATA
# title: What the commitments of the slice find, each with the commitment it comes from
# scope: document
findings contains object.union(finding, _origin(topic, name)) if {
	some topic, name
	some finding in data.rules[topic][name].findings
	data.slice[topic][name]
}

findings contains object.union({"status": status}, _origin(topic, name)) if {
	some topic, name
	commitment := data.slice[topic][name]
	_holds(commitment.duty.when)
	status := duty.status(commitment, _passed(commitment))
}

findings contains object.union(finding, _origin(act.topic, act.name)) if {
	some act in _outstanding
	reason := concat("", ["not yet done: ", data.slice[act.topic][act.name].title])
	finding := {"gate": act.gate, "verdict": data.scale.waiting, "reason": reason}
}

# METADATA
# title: an act that must come first is not done
# description: One condition for each gate that waits.
# scope: document
outstanding contains act.gate if some act in _outstanding

# METADATA
# title: Gates with their verdicts, standards, thresholds and duties
# entrypoint: true
# scope: document
decision := {
	"gates": {gate: {"verdict": verdict, "because": because} |
		some gate in data.scale.gates
		asked := {f.verdict | some f in findings; f.gate == gate} | {data.scale.mildest}
		verdict := scale.highest(data.scale.verdicts, asked)
		because := {f | some f in findings; f.gate == gate; f.verdict == verdict}
	},
	"standards": {standard: level |
		some standard in data.scale.standards
		level := scale.highest(data.scale.levels, {f.level | some f in findings; f.standard == standard})
	},
	"thresholds": {f | some f in findings; f.threshold},
	"duties": {f | some f in findings; f.status},
}

_origin(topic, name) := {
	"commitment": concat("/", [topic, name]),
	"force": data.slice[topic][name].force,
	"who": data.slice[topic][name].actor,
}

_outstanding contains {"topic": topic, "name": name, "gate": gate} if {
	some topic, name
	commitment := data.slice[topic][name]
	_holds(commitment.duty.when)
	not duty.done(commitment)
	some gate in commitment.duty.precondition_of
}

_holding contains name if {
	some name
	data.conditions[name] == true
}

_holds(condition) if condition in _holding

default _passed(_) := false

_passed(commitment) if _holds(commitment.duty.before)
