"""Whether a process of ours says that it is ready."""

from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from sundial_local.failures import CannotRun
from sundial_local.ports import LOOPBACK
from sundial_local.processes import Child


def is_ready(name: str, child: Child, port: int) -> bool:
    """What `/readyz` on `port` says. Raises CannotRun, with its last words, when `child` has ended."""
    if not child.runs:
        raise CannotRun(f"{name} ended while it started. Its log says:\n{child.last_words()}")
    connection = HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
