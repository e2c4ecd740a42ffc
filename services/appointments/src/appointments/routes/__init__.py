"""The HTTP edge: network first, then one transaction, committed before the answer is sent."""
