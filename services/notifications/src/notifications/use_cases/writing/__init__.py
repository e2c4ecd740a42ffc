"""Writing a message: words from data, templates filled in, mails laid out, and the appointment for a calendar."""
