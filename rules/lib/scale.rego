# METADATA
# title: Ordered scales
# description: The ends of a scale, which is written from the mildest to the strictest.
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

# METADATA
# title: The value that stands first in `scale`; undefined when it is empty
# scope: document
lowest(scale) := value if {
	some index, value in scale
	not _below(scale, index)
}

_below(scale, index) if {
	some other, _ in scale
	other < index
}
