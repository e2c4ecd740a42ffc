"""What people do: one verb per file, each in one transaction that its caller opened."""
