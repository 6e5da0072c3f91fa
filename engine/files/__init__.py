"""Files read and written safely: YAML and JSON with their lines, schemas, the cache."""
