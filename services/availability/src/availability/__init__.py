"""What could be booked: services, staff, hours, slots, offers."""
