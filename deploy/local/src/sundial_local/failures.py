"""What can go wrong on a machine that is not ours, in words that say what to do."""


class CannotRun(Exception):
    """Something outside the product is missing or in the way; the message says what to do about it."""
