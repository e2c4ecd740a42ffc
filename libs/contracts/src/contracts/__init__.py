"""What travels between services: events and internal requests, typed once."""
