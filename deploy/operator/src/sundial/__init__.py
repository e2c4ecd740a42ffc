"""The command of the operator: migrate, republish, dead letters, demo."""
