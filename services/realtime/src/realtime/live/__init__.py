"""Who looks at which calendar, what they are told, and for how long they may stay."""
