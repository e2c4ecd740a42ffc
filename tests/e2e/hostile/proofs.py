"""What would like to be a sign-in, a signature, or more than a guest: forged, stale, of somebody else."""

from collections.abc import Mapping

_NONE = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwicm9sZSI6Im93bmVyIn0."
_SYMMETRIC = "eyJhbGciOiJIUzI1NiIsImtpZCI6Ii4uLy4uL2Rldi9udWxsIn0.eyJzdWIiOiIxIiwicm9sZSI6Im93bmVyIn0.c2lnbmF0dXJl"
_POINTING = "eyJhbGciOiJFZERTQSIsImprdSI6Imh0dHA6Ly9ldmlsLmV4YW1wbGUvIn0.eyJyb2xlIjoib3duZXIifQ.c2ln"

SIGN_INS: tuple[Mapping[str, str], ...] = (
    {"Authorization": ""},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer null"},
    {"Authorization": f"Bearer {_NONE}"},
    {"Authorization": f"Bearer {_SYMMETRIC}"},
    {"Authorization": f"Bearer {_POINTING}"},
    {"Authorization": "Bearer a.b.c"},
    {"Authorization": "Bearer " + "x" * 6_000},
    {"Authorization": "Bearer é"},
    {"Authorization": "Basic YWRtaW46YWRtaW4="},
    {"Authorization": "Digest username=owner"},
    {"Cookie": f"session={_NONE}; __Host-session={_NONE}"},
    {"Cookie": "session=; session=x; refresh=" + "x" * 2_000},
    {"X-User-Id": "01890000-0000-7000-8000-000000000000", "X-User-Role": "owner"},
    {"X-Business-Id": "01890000-0000-7000-8000-000000000000", "X-Role": "owner"},
)
"""Nobody is signed in by these; what needs no sign-in answers as without them."""

SIGNATURES = (
    "",
    "t=,v1=",
    "v1=" + "0" * 64,
    "t=0,v1=" + "0" * 64,
    "t={now},v1=" + "0" * 64,
    "t={now},v1=",
    "t={now},v0={right}",
    "t={now},v1={of another secret}",
    "t={now},v1={of another body}",
    "t={long ago},v1={right of long ago}",
    "t={far ahead},v1={of another time}",
    "t=-1,v1={right}",
    "t=1e9,v1={right}",
    "t={now}\u00a0,v1=é",
    "{right}",
    "x" * 1_900,
)
"""Of a webhook; what is in braces is filled in by the test."""
