"""What a version decides about a fact sheet, where all facts are known and where some are not."""
