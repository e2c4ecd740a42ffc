"""The HTTP edge of a service process: the application, its problems, its health."""

import gc
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from typing import Any

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import ConfigDict
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from contracts.wire import Wire
from plumbing.answers import PROBLEM_JSON, encode
from plumbing.edge import Edge, trace_id
from plumbing.problems import (
    BadRequest,
    InternalError,
    Invalid,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    Problem,
)
from plumbing.protocol import ProblemProtocol
from plumbing.refusals import refusal
from plumbing.response_headers import describe
from plumbing.settings import ServiceSettings

MAX_BODY_BYTES = 64 * 1024
GRACE_SECONDS = 30
COLLECT_AFTER = 20_000
"""New containers before the collector looks for cycles: a request makes hundreds, and all but none are in a cycle."""

log = structlog.get_logger("http")

Check = Callable[[], Awaitable[str | None]]
"""Looks at one thing that the process needs; answers what is wrong with it, or None."""


class ProblemDocument(Wire):
    """An RFC 9457 problem; other members by code."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    trace_id: str


def problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI responses of a route that may raise these."""
    by_status: dict[int | str, list[str]] = {}
    for kind in kinds:
        by_status.setdefault(int(kind.status), []).append(f"`{kind.code()}`: {kind.title()}")
    return {status: _response("  \n".join(lines)) for status, lines in by_status.items()}


def _response(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {"description": description, "content": {PROBLEM_JSON: {"schema": schema}}}


def create_app(
    name: str,
    *,
    summary: str,
    routers: Sequence[APIRouter],
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]],
    checks: Mapping[str, Check],
    version: str,
    liveness: Mapping[str, Check] | None = None,
) -> FastAPI:
    """An application with the same problems, health and metrics as every other service's.

    `checks` tell whether it can do its work now, `liveness` whether only a new process could.
    """
    app = FastAPI(
        title=f"Sundial {name}",
        summary=summary,
        version=version,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(Edge)],
        telemetry={"tracing": False, "metrics": False, "logs": False},
        max_body_size=MAX_BODY_BYTES,
        responses=problems(BadRequest, Invalid, PayloadTooLarge),
    )
    for router in routers:
        app.include_router(router)
    app.include_router(_health(checks, liveness or {}))
    _answer_problems(app, routers)
    app.openapi = lambda: _openapi(app)
    return app


def serve(app: FastAPI, settings: ServiceSettings) -> None:
    """Run until SIGTERM or SIGINT: then stop accepting, finish what runs, and close in order."""
    gc.freeze()  # what is there by now stays: modules, classes, schemas are never looked through again
    gc.set_threshold(COLLECT_AFTER)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=ProblemProtocol,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=75,
        backlog=4096,
    )


def problem_response(problem: Problem, path: str) -> Response:
    """The problem as an `application/problem+json` answer."""
    return Response(
        encode(problem.body(instance=path, trace_id=trace_id())),
        status_code=problem.status,
        headers=problem.headers,
        media_type=PROBLEM_JSON,
    )


def _answer_problems(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    @app.exception_handler(Problem)
    async def known(request: Request, problem: Problem) -> Response:
        return problem_response(problem, request.url.path)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return problem_response(refusal(error, request.scope.get("route")), request.url.path)

    @app.exception_handler(HTTPException)
    async def by_status(request: Request, error: HTTPException) -> Response:
        return problem_response(_of_status(error, routers, request.url.path), request.url.path)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("failed", path=request.url.path, exc_info=error)
        return problem_response(InternalError(), request.url.path)

    _ = known, invalid, by_status, unexpected


def _of_status(error: HTTPException, routers: Sequence[APIRouter], path: str) -> Problem:
    kinds: dict[int, type[Problem]] = {404: NotFound, 405: MethodNotAllowed, 413: PayloadTooLarge, 400: BadRequest}
    kind = kinds.get(error.status_code, InternalError)
    return kind(headers={"Allow": _methods(routers, path)}) if kind is MethodNotAllowed else kind()


def _methods(routers: Sequence[APIRouter], path: str) -> str:
    """All methods of a path, whose routes are one for each; the framework names those of the first."""
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    return ", ".join(sorted({method for one in routes if one.path_regex.match(path) for method in one.methods or ()}))


def _health(checks: Mapping[str, Check], liveness: Mapping[str, Check]) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def alive() -> Response:
        return await _looked_at(liveness, {"status": "ok"})

    @router.get("/readyz")
    async def ready() -> Response:
        return await _looked_at(checks, {})

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    _ = alive, ready, metrics
    return router


async def _looked_at(checks: Mapping[str, Check], fields: Mapping[str, str]) -> Response:
    """200 with `ok` for each, or 503 with what is wrong."""
    found = {name: await check() or "ok" for name, check in checks.items()}
    fine = all(state == "ok" for state in found.values())
    body = {**fields, **found} if fine else found
    status = HTTPStatus.OK if fine else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(encode(body), status_code=status, media_type="application/json")


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The schema, with problems in place of the framework's own validation error."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title, version=app.version, summary=app.summary, routes=app.routes, openapi_version="3.1.0"
        )
        describe(schema["paths"])
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        schemas["ProblemDocument"] = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
        app.openapi_schema = schema
    return app.openapi_schema
