"""Reads: what is known of an appointment, what businesses want, their templates, and their messages."""
