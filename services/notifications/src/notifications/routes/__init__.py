"""The HTTP edge: one transaction a request, committed before the answer is sent."""
