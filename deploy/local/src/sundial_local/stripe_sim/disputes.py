"""Disputes: somebody asks their bank for the money back, and the bank decides."""

from sundial_local.stripe_sim import shapes
from sundial_local.stripe_sim.errors import Refused, wrong
from sundial_local.stripe_sim.ledger import Ledger
from sundial_local.stripe_sim.store import Json

ENDS = {"won", "lost"}


def open_dispute(ledger: Ledger, charge: Json, reason: str) -> Json:
    """The bank takes the money for now. Raises Refused unless there is some."""
    if not charge["captured"] or charge["disputed"]:
        raise Refused("This charge cannot be disputed.")
    dispute = shapes.dispute(ledger.now, of=charge, reason=reason)
    charge["disputed"] = True
    ledger.save(charge)
    ledger.save(dispute, "charge.dispute.created")
    return dispute


def close_dispute(ledger: Ledger, wanted: str, outcome: str) -> Json:
    """The bank decided. Raises Refused."""
    dispute = ledger.find("dispute", wanted)
    if outcome not in ENDS:
        raise wrong("status", "A dispute is won or lost.")
    if dispute["status"] in ENDS:
        raise Refused("This dispute has ended.")
    dispute["status"] = outcome
    ledger.save(dispute, "charge.dispute.closed")
    return dispute
