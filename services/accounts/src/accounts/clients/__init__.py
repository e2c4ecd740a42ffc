"""Libraries for what nobody should write themselves: hashing passwords, signing tokens."""
