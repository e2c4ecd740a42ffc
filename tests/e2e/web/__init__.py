"""What an owner sees and does, in real browsers."""
