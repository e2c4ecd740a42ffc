"""Providers and other services: a Protocol each, and what stands behind it."""
