package lib.scale_test

import rego.v1

import data.lib.scale

test_gives_the_value_that_stands_last if {
	scale.highest(["open", "closed", "reversed"], {"closed", "open"}) == "closed"
}

test_is_undefined_without_a_value if {
	not scale.highest(["open", "closed"], set())
}
