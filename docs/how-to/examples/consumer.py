"""Keeps a table of appointments up to date: AMQP_URL=amqp://… python consumer.py appointments.db"""

import asyncio
import json
import os
import sqlite3
import sys
from functools import partial

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

QUEUE = "example.appointments"
DEAD = f"{QUEUE}.dead"
TABLES = """CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS appointments (id TEXT PRIMARY KEY, revision INT, status TEXT, start TEXT)"""
TAKE = """INSERT INTO appointments VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
revision = excluded.revision, status = excluded.status, start = excluded.start WHERE excluded.revision > revision"""


async def work(database: sqlite3.Connection, message: AbstractIncomingMessage) -> None:
    async with message.process(requeue=True):  # acknowledged after the work; delivered again when it fails
        event = json.loads(message.body)
        found = event["data"]["appointment"]  # whatever else is there, today or tomorrow, does not matter here
        status = "DELETED" if event["type"] == "appointment.deleted" else found["status"]
        with database:  # one transaction: the id of the event, and what it brings about
            if database.execute("INSERT OR IGNORE INTO seen VALUES (?)", [event["id"]]).rowcount:
                database.execute(TAKE, [found["id"], found["revision"], status, found["start"]])


async def main() -> None:
    database = sqlite3.connect(sys.argv[1])
    database.executescript(TABLES)
    async with await aio_pika.connect_robust(os.environ["AMQP_URL"]) as connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=50)
        await channel.declare_exchange(DEAD, "fanout", durable=True)
        await (await channel.declare_queue(DEAD, durable=True, arguments={"x-queue-type": "quorum"})).bind(DEAD)
        limits = {"x-queue-type": "quorum", "x-delivery-limit": 5, "x-dead-letter-exchange": DEAD}
        queue = await channel.declare_queue(QUEUE, durable=True, arguments=limits)
        for fact in ("created", "updated", "deleted"):
            await queue.bind("events", f"appointment.{fact}.*")
        await queue.consume(partial(work, database))
        print(f"{QUEUE} is listened to", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
