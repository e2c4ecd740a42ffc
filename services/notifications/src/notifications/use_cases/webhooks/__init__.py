"""Webhooks: what happened, told to a business's own systems."""
