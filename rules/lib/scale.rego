# METADATA
# title: Ordered scales
# description: The strictest of some values on a scale that is written from the mildest to the strictest.
package lib.scale

import rego.v1

# METADATA
# title: The value in `present` that stands last in `scale`; undefined when none does
# scope: document
highest(scale, present) := value if {
	some index, value in scale
	value in present
	not _above(scale, present, index)
}

_above(scale, present, index) if {
	some other, candidate in scale
	other > index
	candidate in present
}
