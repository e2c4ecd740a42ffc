"""Writes the pages of docs/reference that follow from the code: `python -m docs.generate`, or `make contracts`."""
