"""`python -m sundial_local.inbox_app`: serve on loopback what the environment describes."""

import os
from pathlib import Path

import uvicorn

from sundial_local.inbox_app.site import create_app
from sundial_local.ports import LOOPBACK


def main() -> None:
    """Run until SIGTERM or SIGINT. Raises KeyError for a variable that is not set."""
    app = create_app(Path(os.environ["INBOX_STATE"]), smtp_port=int(os.environ["INBOX_SMTP_PORT"]))
    uvicorn.run(app, host=LOOPBACK, port=int(os.environ["PORT"]), access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
