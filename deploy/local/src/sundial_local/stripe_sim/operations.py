"""Which call does what: the paths of Stripe's API that the stand-in knows."""

import re
from collections.abc import Callable, Mapping

from sundial_local.stripe_sim import forms, listing, payment_intents, refunds, shapes
from sundial_local.stripe_sim.errors import Refused
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.store import Json

Operation = Callable[[Ledger, str, Json], Json]
EXPANDABLE = {
    "latest_charge": "charge",
    "charge": "charge",
    "payment_intent": "payment_intent",
    "payment_method": "payment_method",
}


def _list(kind: str, *narrow: str) -> Operation:
    return lambda ledger, _, params: listing.listed(ledger, kind, f"/v1/{kind}s", params, *narrow)


def _search(kind: str) -> Operation:
    return lambda ledger, _, params: listing.searched(ledger, kind, f"/v1/{kind}s/search", params)


def _retrieve(kind: str) -> Operation:
    def retrieve(ledger: Ledger, wanted: str, params: Json) -> Json:
        forms.only(params, "client_secret")
        return ledger.find(kind, wanted)

    return retrieve


_OPERATIONS: Mapping[str, Operation] = {
    "GET /v1/payment_intents": _list("payment_intent", "customer"),
    "GET /v1/payment_intents/search": _search("payment_intent"),
    "POST /v1/payment_intents": lambda ledger, _, params: payment_intents.create(ledger, params),
    "GET /v1/payment_intents/(pi_[^/]+)": _retrieve("payment_intent"),
    "POST /v1/payment_intents/(pi_[^/]+)": payment_intents.update,
    "POST /v1/payment_intents/(pi_[^/]+)/confirm": payment_intents.confirm,
    "POST /v1/payment_intents/(pi_[^/]+)/capture": payment_intents.capture,
    "POST /v1/payment_intents/(pi_[^/]+)/cancel": payment_intents.cancel,
    "GET /v1/payment_methods/(pm_[^/]+)": _retrieve("payment_method"),
    "GET /v1/charges": _list("charge", "payment_intent"),
    "GET /v1/charges/(ch_[^/]+)": _retrieve("charge"),
    "GET /v1/refunds": _list("refund", "payment_intent", "charge"),
    "POST /v1/refunds": lambda ledger, _, params: refunds.create(ledger, params),
    "GET /v1/refunds/(re_[^/]+)": _retrieve("refund"),
    "GET /v1/disputes": _list("dispute", "payment_intent", "charge"),
    "GET /v1/disputes/(du_[^/]+)": _retrieve("dispute"),
    "GET /v1/events": _list("event", "type"),
    "GET /v1/events/(evt_[^/]+)": _retrieve("event"),
}
_KNOWN = [(re.compile(pattern), operation) for pattern, operation in _OPERATIONS.items()]


def perform(ledger: Ledger, method: str, path: str, params: Json) -> Json:
    """What the call answers. Raises Refused."""
    for pattern, operation in _KNOWN:
        if found := pattern.fullmatch(f"{method} {path}"):
            wanted = found[1] if found.groups() else ""
            return _expanded(ledger, shapes.shown(operation(ledger, wanted, params)), params)
    message = f"Unrecognized request URL ({method}: {path})."
    raise Refused(message, status=404)


def _expanded(ledger: Ledger, thing: Json, params: Json) -> Json:
    for name in params.get("expand", []):
        kind, wanted = EXPANDABLE.get(name), thing.get(name)
        if kind and isinstance(wanted, str):
            thing[name] = shapes.shown(ledger.find(kind, wanted))
    return thing
