"""`python -m sundial_local.stripe_sim`: serve on loopback what the environment describes."""

import os
from pathlib import Path

import uvicorn

from sundial_local.ports import LOOPBACK
from sundial_local.stripe_sim.site import Account, create_app


def main() -> None:
    """Run until SIGTERM or SIGINT. Raises KeyError for a variable that is not set."""
    account = Account(
        state=Path(os.environ["STRIPE_SIM_STATE"]),
        secret_key=os.environ["STRIPE_SECRET_KEY"],
        publishable_key=os.environ["STRIPE_PUBLISHABLE_KEY"],
        webhook_secret=os.environ["STRIPE_WEBHOOK_SECRETS"].split(",")[0],
        webhook_url=os.environ.get("STRIPE_SIM_WEBHOOK_URL"),
    )
    port = int(os.environ["PORT"])
    uvicorn.run(create_app(account), host=LOOPBACK, port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
