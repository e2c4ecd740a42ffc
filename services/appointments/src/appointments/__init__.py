"""What is booked: appointments, claims, customers."""
