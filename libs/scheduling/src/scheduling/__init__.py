"""Rules about time, as pure functions over plain values; import its modules by name."""
