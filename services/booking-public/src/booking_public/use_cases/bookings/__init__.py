"""Guests book: what they hold, their attempt from receipt to appointment, what was paid, the link to manage it."""
