"""What a policy says, thing by thing: versions, commitments, places, directions, the history."""
