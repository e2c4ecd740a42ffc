"""What JSON comes in and goes out."""
