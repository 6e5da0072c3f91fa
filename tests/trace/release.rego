# METADATA
# title: Whether a model may be released
package release

import rego.v1

# METADATA
# title: closed where nothing was tested, or where less protects the model than it needs
# entrypoint: true
default verdict := "open"

verdict := "closed" if not input.tested

verdict := "closed" if input.protection < needed

# METADATA
# title: the level of protection that the model needs
# scope: document
needed := 3 if input.capability == "shown"

needed := 2 if input.capability != "shown"
