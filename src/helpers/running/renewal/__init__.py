"""What is out of date and because of what: fingerprints, and what the last good runs left."""
