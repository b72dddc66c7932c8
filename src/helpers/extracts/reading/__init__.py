"""Files as received → sheets of texts: nothing is guessed, nothing is lost, what cannot be read is refused."""
