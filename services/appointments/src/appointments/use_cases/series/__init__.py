"""Appointments that repeat: made, changed and cancelled together, all of them or none."""
