# METADATA
# title: Conditions
# description: >-
#   Named predicates over facts, chosen as an analyst would choose them. Rules are written over them, duties name
#   them, and differences between versions are explained in their titles. All files of this folder make up one
#   package.
package conditions

import rego.v1

# METADATA
# title: in all circumstances
always := true
