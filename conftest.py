"""What every test may use: real servers (tests/servers)."""

pytest_plugins = ["tests.servers.plugin", "tests.servers.applications", "tests.servers.calendars"]
