"""Every problem has a code of its own, says what happened, and is declared where a client may meet it."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from docs.generate.openapi import SERVICES, application
from docs.generate.problems import every_problem, sentence_of
from plumbing.problems import CrossSiteRequest, Problem
from tests.architecture.raising import raised_by
from tests.architecture.tree import ROOT

PROBLEMS = every_problem()
EVERYWHERE = {"InternalError", "MethodNotAllowed", "TooManyRequests"}
"""Answered by the edge or by the gateway, for any route."""

SAFE = {"GET", "HEAD", "OPTIONS"}

each = pytest.mark.parametrize("kind", PROBLEMS, ids=[kind.code() for kind in PROBLEMS])
cached_application = cache(application)


def test_a_code_means_the_same_in_every_service():
    meanings = {(kind.code(), kind.status, sentence_of(kind)) for kind in PROBLEMS}
    twice = [code for code, count in Counter(code for code, *_ in meanings).items() if count > 1]
    assert not twice
    in_one = Counter((kind.__module__.partition(".")[0], kind.code()) for kind in PROBLEMS)
    assert not [each for each, count in in_one.items() if count > 1]


@each
def test_a_code_is_the_fact_in_upper_camel_case(kind: type[Problem]):
    assert re.fullmatch(r"([A-Z][a-z]+)+", kind.code())
    assert not kind.code().endswith(("Error", "Exception", "Problem")) or kind.code() == "InternalError"


@each
def test_a_problem_says_in_one_sentence_what_happened(kind: type[Problem]):
    assert re.fullmatch(r"[A-Z][^\n]{8,100}\.", sentence_of(kind))
    assert kind.title() == sentence_of(kind)


@each
def test_a_status_is_that_of_an_error(kind: type[Problem]):
    assert 400 <= kind.status < 600


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_route_raises_is_what_it_declares(service: str):
    undeclared = [
        f"{sorted(route.methods)[0]} {route.path}: {kind.code()}"
        for route in _routes(cached_application(service))
        for kind in sorted(_raised(route), key=lambda kind: kind.code())
        if not _names(kind) & (_declared(route) | EVERYWHERE)
    ]
    assert not undeclared


@pytest.mark.parametrize("service", SERVICES)
def test_every_problem_of_a_service_is_declared_on_one_of_its_routes(service: str):
    declared = {code for route in _routes(cached_application(service)) for code in _declared(route)}
    assert {kind.code() for kind in PROBLEMS if kind.__module__.startswith(f"{service}.")} <= declared


def test_the_gateway_says_the_same_as_the_services():
    template = (ROOT / "gateway" / "problems.conf.template").read_text(encoding="utf-8")
    told = [json.loads(text) for text in re.findall(r"return \d+ '({.*})';", template)]
    kinds = {kind.code(): kind for kind in PROBLEMS}
    assert {document["code"] for document in told} >= {"NotFound", "TooManyRequests", "ServiceUnavailable"}
    for document in told:
        kind = kinds[document["code"]]
        assert (document["title"], document["status"]) == (kind.title(), kind.status)
        assert document["type"] == "/problems/" + re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.code()).lower()


def test_raises_are_found_through_calls_dependencies_and_constructors():
    [create] = [route for route in _routes(cached_application("appointments")) if route.name == "create_appointment"]
    found = {kind.code() for kind in _raised(create)}
    assert found >= {"NotSignedIn", "CrossSiteRequest", "SlotTaken", "Invalid", "Contended"}


def test_what_a_route_catches_it_does_not_raise():
    [wait] = [route for route in _routes(cached_application("appointments")) if route.name == "wait_in_line"]
    found = {kind.code() for kind in _raised(wait)}
    assert found.isdisjoint({"SeatsLeft", "AlreadyWaiting", "Invalid"})
    assert "ServiceUnavailable" in found


def _routes(app: FastAPI) -> list[RouteContext]:
    found = [route for route in iter_route_contexts(app.routes) if isinstance(route.original_route, APIRoute)]
    return [route for route in found if route.include_in_schema]


def _declared(route: RouteContext) -> set[str]:
    described = " ".join(str(response.get("description", "")) for response in route.responses.values())
    return set(re.findall(r"`([A-Za-z]+)`:", described))


def _raised(route: RouteContext) -> set[type[Problem]]:
    """What the text says, but for the one problem that depends on the method."""
    found = {kind for function in _functions(route.dependant) for kind in raised_by(function)}
    return found - {CrossSiteRequest} if route.methods <= SAFE else found


def _functions(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    """The endpoint, and what it depends on."""
    if dependant.call is not None:
        yield dependant.call
    for each in dependant.dependencies:
        yield from _functions(each)


def _names(kind: type[Problem]) -> set[str]:
    """A problem is declared by its own name, or by that of a more general one."""
    return {each.code() for each in kind.__mro__ if issubclass(each, Problem) and each is not Problem}
