"""Passwords and keys of one installation: made once, kept in a file that only its owner may read."""

import json
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Any

from joserfc.jwk import OKPKey

from sundial_local.layout import KEEPING, Service


class Secrets:
    """What `secrets.json` in a folder holds."""

    def __init__(self, folder: Path) -> None:
        """They are made when the first of them is asked for and there are none; those of a new service are added."""
        self._path = folder / "secrets.json"

    @cached_property
    def _kept(self) -> dict[str, Any]:
        known, made = self._read() or {}, _make()
        kept = {part: {**made[part], **known.get(part, {})} for part in made}
        if kept != known:
            self._write(kept)
        return kept

    def password(self, whose: str) -> str:
        """The password of a server's user or of a database's role."""
        return str(self._kept["passwords"][whose])

    def private_key(self, service: Service) -> str:
        """The key with which a service signs its calls, as a JWK."""
        return _json(self._kept["services"][service])

    def public_keys(self, *services: Service) -> str:
        """The keys by which calls of these services are known, as a JWKS."""
        keys = [OKPKey.import_key(self._kept["services"][service]) for service in services]
        return _json({"keys": [key.as_dict(private=False) for key in keys]})

    def signing_keys(self) -> str:
        """The keys of the access tokens, as a JWKS of private keys."""
        return _json({"keys": [self._kept["signing"]]})

    def stripe(self) -> dict[str, str]:
        """The variables that name the account at the stand-in for Stripe."""
        return dict(self._kept["stripe"])

    def _read(self) -> dict[str, Any] | None:
        return json.loads(self._path.read_text()) if self._path.exists() else None

    def _write(self, kept: dict[str, Any]) -> None:
        """Whole or not at all: half of the secrets would lock everybody out."""
        half = self._path.with_suffix(f".{os.getpid()}")
        half.touch(mode=0o600)
        half.write_text(json.dumps(kept, indent=2))
        half.rename(self._path)


def _make() -> dict[str, dict[str, Any]]:
    roles = [f"{service.identifier}_{role}" for service in KEEPING for role in ("owner", "app")]
    return {
        "passwords": {whose: secrets.token_urlsafe(24) for whose in ("postgres", "rabbitmq", *roles)},
        "services": {service.value: _key(service.value) for service in Service},
        "signing": _key(secrets.token_hex(8)),
        "stripe": {
            "STRIPE_SECRET_KEY": f"sk_test_{secrets.token_hex(16)}",
            "STRIPE_PUBLISHABLE_KEY": f"pk_test_{secrets.token_hex(16)}",
            "STRIPE_WEBHOOK_SECRETS": f"whsec_{secrets.token_hex(16)}",
        },
    }


def _key(name: str) -> dict[str, Any]:
    return dict(OKPKey.generate_key("Ed25519", {"kid": name}, private=True).as_dict(private=True))


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
