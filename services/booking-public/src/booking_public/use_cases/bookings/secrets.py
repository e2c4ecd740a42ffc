"""Secrets that guests are given: derived from their own key, so that they can be told again and are stored nowhere."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from contracts.ids import BusinessId

SALT_BYTES = 32
TOKEN_LENGTH = 43
"""256 bits in base64url."""


def token_of(salt: bytes, key: str, purpose: str) -> str:
    """The secret of whoever sent this Idempotency-Key: nobody knows it without the random salt of 256 bits."""
    return _text(hmac.digest(salt, f"{purpose}:{key}".encode(), "sha256"))


def hash_of(token: str, purpose: str) -> bytes:
    """What is stored of a secret: it opens nothing but what it was made for."""
    return sha256(f"{purpose}:{token}".encode()).digest()


def key_hash(route: str, key: str) -> bytes:
    """By what a request is known again."""
    return sha256(f"{route}:{key}".encode()).digest()


def contact_hashes(business_id: BusinessId, email: str, phone: str | None) -> list[bytes]:
    """By what somebody who tries again is known, in one business."""
    return [_of_business(business_id, part) for part in (email, phone) if part is not None]


def address_hash(business_id: BusinessId, network: str) -> bytes:
    """By what those who share a network are known, in one business."""
    return _of_business(business_id, network)


def _of_business(business_id: BusinessId, part: str) -> bytes:
    return sha256(f"{business_id}:{part}".encode()).digest()


def _text(digest: bytes) -> str:
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
