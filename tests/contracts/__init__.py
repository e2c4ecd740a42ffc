"""What travels between services keeps its shape."""
