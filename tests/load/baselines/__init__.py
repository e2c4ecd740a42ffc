"""The limits: the least that has to be done for the same result, as fast as this machine does it."""
