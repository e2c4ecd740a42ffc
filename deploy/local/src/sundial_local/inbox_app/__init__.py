"""The inbox of a developer's machine: a mail server and Twilio's API that deliver nothing, and a page to read it all.

Nothing here leaves the machine. Whatever the product sends by email, SMS or WhatsApp is kept, and shown.
"""
