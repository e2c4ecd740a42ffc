"""Everybody concerned is told: email, SMS, reminders, webhooks."""
