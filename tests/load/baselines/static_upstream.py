"""The least that can stand behind the gateway: a small nginx that sends bytes which are ready, whatever is asked."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from sundial_local import nginx_programs
from sundial_local.layout import Service
from sundial_local.os_account import server_account
from sundial_local.ports import LOOPBACK, answers, free_port
from sundial_local.processes import Child
from sundial_local.waiting import wait_until
from tests.load.stage import Stage

_CONFIGURATION = """\
daemon off;
pid nginx.pid;
worker_processes 1;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path body_temp; proxy_temp_path proxy_temp; fastcgi_temp_path fastcgi_temp;
    uwsgi_temp_path uwsgi_temp; scgi_temp_path scgi_temp;
    sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=10;
    server {{
        listen {host}:{port};
        default_type application/json;
        add_header Cache-Control no-cache;
        {coding}
        location / {{ root .; try_files /answer.json =404; }}
    }}
}}
"""


@asynccontextmanager
async def behind_a_gateway(stage: Stage, name: str, body: bytes, *, coding: str = "") -> AsyncGenerator[str]:
    """A gateway like the product's, with these bytes, in this coding, in place of every service; its URL."""
    told = f"add_header Content-Encoding {coding};" if coding else ""
    folder, port, account = stage.folder / name, free_port(), server_account()
    child = Child(name, folder, account)
    account.own(folder)
    for path, content in (
        ("nginx.conf", _CONFIGURATION.format(host=LOOPBACK, port=port, coding=told).encode()),
        ("answer.json", body),
    ):
        (folder / path).write_bytes(content)
        account.own(folder / path)
    nginx = nginx_programs.find(stage.folder).nginx
    child.start([nginx, "-p", f"{folder}/", "-c", "nginx.conf", "-e", "stderr"], {"PATH": "/usr/bin:/bin"}, folder)
    try:
        wait_until(lambda: answers(port), seconds=20, what="the static upstream starts")
        yield stage.open_gateway(Path(f"{folder}-gateway"), lambda: {each: [port] for each in Service})
    finally:
        child.stop()
