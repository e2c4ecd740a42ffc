"""Every library that is not ours has its place: a vendor one module, a framework the edge, the pure parts none."""

import sys
from fnmatch import fnmatch

from tests.architecture.tree import imports_of, modules, packages

ANYWHERE = {
    "pydantic": "values and settings",
    "sqlalchemy": "statements; refused in domains by .importlinter",
    "fastapi": "the HTTP edge; refused in domains by .importlinter",
    "orjson": "JSON",
}

PLACES = {
    # vendors and protocols: who speaks with the outside, and who knows its forms
    "aiohttp": [
        "booking_public.clients.captcha",
        "booking_public.clients.stripe",
        "notifications.clients.twilio",
        "notifications.clients.webhooks",
        "plumbing.http",
        "sundial.demo",
        "sundial.live_calendar.*",
        "sundial_local.stripe_sim.webhooks",
    ],
    "aio_pika": ["plumbing.broker"],
    "aiosmtpd": ["sundial_local.inbox_app.mail"],
    "aiosmtplib": ["notifications.clients.email"],
    "babel": ["booking_public.schemas.documents.words", "notifications.use_cases.writing.words"],
    "aiormq": ["plumbing.broker", "plumbing.publisher"],
    "asyncpg": ["plumbing.session", "plumbing.sqlstates"],
    "dateutil": ["appointments.use_cases.series.rule"],
    "email_validator": ["plumbing.schemas"],
    "holidays": ["availability.queries.public_holidays"],
    "icalendar": [
        "appointments.schemas.files.calendar_file",
        "booking_public.schemas.calendar",
        "notifications.use_cases.writing.invite",
    ],
    "jinja2": [
        "booking_public.schemas.documents.rendering",
        "notifications.use_cases.send",
        "notifications.use_cases.writing.*",
    ],
    "joserfc": [
        "accounts.clients.tokens",
        "accounts.settings",
        "plumbing.auth",
        "plumbing.http",
        "plumbing.service_tokens",
        "plumbing.testing",
        "sundial.secrets",
        "sundial_local.kept_secrets",
    ],
    "markupsafe": ["booking_public.schemas.documents.*", "notifications.use_cases.writing.*"],
    "mjml": ["notifications.use_cases.writing.layout"],
    "pamqp": ["plumbing.publisher"],
    "phonenumbers": ["notifications.use_cases.prepare", "plumbing.schemas"],
    "pwdlib": ["accounts.clients.passwords"],
    # machinery: one part of plumbing each
    "alembic": ["plumbing.migrations"],
    "opentelemetry": ["plumbing.edge", "plumbing.protocol", "plumbing.tracing"],
    "prometheus_client": ["plumbing.*", "realtime.live.metrics", "realtime.routes"],
    "pydantic_settings": ["plumbing.settings"],
    "starlette": [
        "appointments.main",
        "availability.main",
        "availability.routes.kept",
        "availability.routes.public_slots",
        "plumbing.answers",
        "plumbing.direct",
        "plumbing.edge",
        "plumbing.kept_answers",
        "plumbing.questions",
        "plumbing.web",
        "sundial_local.inbox_app.*",
        "sundial_local.stripe_sim.*",
    ],
    "standardwebhooks": ["notifications.clients.webhooks"],
    "stripe": ["booking_public.clients.stripe"],
    "structlog": [
        "availability.routes.internal",
        "booking_public.clients.captcha",
        "booking_public.clients.stripe",
        "booking_public.use_cases.apart",
        "booking_public.use_cases.payments.*",
        "notifications.use_cases.send",
        "notifications.use_cases.webhooks.post",
        "plumbing.*",
        "realtime.*",
    ],
    "tenacity": ["plumbing.http", "plumbing.idempotency"],
    "twilio": ["notifications.clients.twilio"],
    "uvloop": ["realtime.main"],
    "websockets": ["realtime.live.admission", "realtime.live.sockets", "realtime.main", "realtime.routes"],
    "uvicorn": [
        "plumbing.protocol",
        "plumbing.web",
        "sundial_local.inbox_app.__main__",
        "sundial_local.stripe_sim.__main__",
    ],
    # commands and the local launcher
    "psutil": ["sundial_local.*"],
    "rich": ["sundial.*", "sundial_local.*"],
    "typer": ["sundial.*", "sundial_local.*"],
}


def test_every_library_is_imported_in_its_place_only():
    strays = [
        f"{module} imports {library}"
        for module, library in _foreign_imports()
        if library not in ANYWHERE and not any(fnmatch(module, place) for place in PLACES.get(library, []))
    ]
    assert not strays


def test_every_place_is_used():
    used = list(_foreign_imports())
    unused = [
        f"{library} in {place}"
        for library, places in PLACES.items()
        for place in places
        if not any(name == library and fnmatch(module, place) for module, name in used)
    ]
    assert not unused


def test_scheduling_imports_the_standard_library_only():
    assert _libraries_of("scheduling") == set()


def test_contracts_import_pydantic_only():
    assert _libraries_of("contracts") == {"pydantic"}


def _libraries_of(package: str) -> set[str]:
    return {library for module, library in _foreign_imports() if module.split(".")[0] == package}


def _foreign_imports() -> list[tuple[str, str]]:
    """Module and library, for every import of what is neither ours nor Python's."""
    return [
        (module, library)
        for module, path in modules().items()
        for library in sorted({name.split(".")[0] for name in imports_of(path)})
        if library not in sys.stdlib_module_names and library not in packages()
    ]
