"""Reads: booking pages, and what stands on them."""
