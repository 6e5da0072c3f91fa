"""Objects, the documents that they make up, and patches of these."""
