"""What changes data: keeping copies, planning messages and reminders, sending, and what owners edit."""
