"""Random businesses, as an owner sends them, and a second, slow reading of what can be booked in them."""
