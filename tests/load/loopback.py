"""Load is only ever put on this machine."""

from urllib.parse import urlsplit

from sundial_local.ports import LOOPBACK


class NotOurs(Exception):
    """A target that is not on this machine's loopback address."""


def ours(url: str) -> str:
    """The URL, if its host is 127.0.0.1. Raises NotOurs for any other, whatever its name resolves to."""
    if urlsplit(url).hostname != LOOPBACK:
        raise NotOurs(f"load may only be put on {LOOPBACK}, not on {urlsplit(url).hostname}")
    return url
