"""What guests do about what is full: get in line, look, accept what is offered, leave."""
