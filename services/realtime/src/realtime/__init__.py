"""Every open calendar is live: what changed goes to the browsers that show it."""
