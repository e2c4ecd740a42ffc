"""What a live calendar is made of, without any network: messages, frames, what a slow reader is owed, and limits."""
