"""Imports: keeping a checked file, writing its rows one by one, and taking back what they added."""
