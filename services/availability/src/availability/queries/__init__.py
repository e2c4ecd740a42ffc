"""Reads: what is in the catalogue, which time is taken, and what could be booked."""
