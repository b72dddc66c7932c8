"""What each column probably is, told from its header and its distinct texts."""
