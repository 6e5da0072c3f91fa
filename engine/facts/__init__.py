"""What can be stated about the world: the vocabulary of facts, fact sheets, bounds."""
