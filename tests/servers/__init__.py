"""Real servers for the tests: given by URL, else started as processes, else in containers."""
