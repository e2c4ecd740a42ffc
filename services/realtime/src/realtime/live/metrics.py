"""What is counted about live calendars."""

from prometheus_client import Counter, Gauge, Histogram

SOCKETS = Gauge("live_sockets", "Connections that are open, whether somebody has signed in on them or not")
CALENDARS = Gauge("live_calendars", "Businesses that are listened for")
BEHIND = Gauge("live_sockets_behind", "Sockets whose clients read more slowly than there is news")
TOLD = Counter("live_messages_total", "Messages, each counted once however many it was sent to", ["type"])
CLOSED = Counter("live_closed_total", "Sockets that were closed by us, by code", ["code"])
RESYNCED = Counter("live_resyncs_total", "Times that all sockets of a business were told to read everything again")
SECONDS = Histogram(
    "live_seconds",
    "From the moment that an event is dated with until it was written to every socket",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 30.0),
)
