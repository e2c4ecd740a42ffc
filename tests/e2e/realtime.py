"""A process of realtime in the test's own, beside those of the product: with other limits, and open to look into."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from realtime.main import Process
from realtime.settings import Settings
from sundial_local.layout import Service
from sundial_local.ports import LOOPBACK, free_port
from sundial_local.product import Product


@asynccontextmanager
async def own_process(product: Product, **changed: Any) -> AsyncGenerator[Process]:
    """Started, and ready."""
    accounts = f"http://{LOOPBACK}:{product.service('accounts').ports[0]}"
    settings = Settings(
        env="test",
        port=free_port(),
        amqp_url=product.amqp_url,
        jwks_url=f"{accounts}/.well-known/jwks.json",
        accounts_url=accounts,
        service_private_key=product.installation.secrets.private_key(Service.REALTIME),
        public_origins=(product.url,),
        **{"drain_seconds": 0, **changed},
    )
    process = Process(settings)
    await process.start()
    try:
        await process.ready()
        yield process
    finally:
        await process.stop()
