"""The parts every service stands on, without a business word."""
