# Where the model stands.
package conditions

import rego.v1

# METADATA
# title: the model is already deployed to the public
publicly_deployed if input.deployment.public

# METADATA
# title: the model is already in use inside the company
internally_deployed if input.deployment.internal
