"""What the templates in `gateway/` are filled in with on one machine, where limits are loose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sundial_local.layout import Service
from sundial_local.ports import LOOPBACK

SUFFIX = ".template"
_VARIABLE = re.compile(r"\$\{(GATEWAY_[A-Z_]+)\}")
_COMPRESSIBLE = (
    "application/json application/problem+json application/xml text/calendar text/css text/csv text/javascript"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one address may ask for; rates as nginx writes them."""

    rate: str
    burst: int
    connections: int
    sign_in_rate: str
    sign_in_burst: int
    sign_up_rate: str
    sign_up_burst: int
    sockets: int = 50


LOOSE = Limits("1000r/s", 2000, 2000, "100r/s", 1000, "10r/s", 1000, 10_000)
"""For `make up` and for the tests: nobody who tries the product out meets them."""


def variables(
    *,
    port: int,
    upstreams: Mapping[Service, Sequence[int]],
    files: Path,
    embed: Path,
    web: Path,
    brotli: Path | None,
    limits: Limits = LOOSE,
    stand_ins: Mapping[str, int] | None = None,
) -> dict[str, str]:
    """The value of every variable of the templates. `stand_ins`: which path leads to which port, if any does."""
    servers = {f"GATEWAY_{service.variable}": _servers(ports) for service, ports in upstreams.items()}
    return servers | {
        "GATEWAY_LISTEN": f"{LOOPBACK}:{port}",
        "GATEWAY_NAMES": "localhost 127.0.0.1",
        "GATEWAY_SCHEME": "$scheme",
        "GATEWAY_HSTS": "",
        "GATEWAY_TRUSTED_PROXIES": "",
        "GATEWAY_FILES": str(files),
        "GATEWAY_EMBED": str(embed),
        "GATEWAY_WEB": str(web),
        "GATEWAY_MODULES": f"load_module {brotli};" if brotli else "",
        "GATEWAY_BROTLI": f"brotli on; brotli_comp_level 4; brotli_types {_COMPRESSIBLE};" if brotli else "",
        "GATEWAY_DEVELOPMENT": _stand_ins(stand_ins or {}),
        "GATEWAY_RATE": limits.rate,
        "GATEWAY_BURST": str(limits.burst),
        "GATEWAY_CONNECTIONS": str(limits.connections),
        "GATEWAY_SIGN_IN_RATE": limits.sign_in_rate,
        "GATEWAY_SIGN_IN_BURST": str(limits.sign_in_burst),
        "GATEWAY_SIGN_UP_RATE": limits.sign_up_rate,
        "GATEWAY_SIGN_UP_BURST": str(limits.sign_up_burst),
        "GATEWAY_SOCKETS": str(limits.sockets),
    }


def render(templates: Path, target: Path, values: Mapping[str, str]) -> list[Path]:
    """Write every `*.template` into `target` without its suffix; raises KeyError for a variable without a value."""
    return [_render(template, target, values) for template in sorted(templates.glob(f"*{SUFFIX}"))]


def _render(template: Path, target: Path, values: Mapping[str, str]) -> Path:
    path = target / template.name.removesuffix(SUFFIX)
    path.write_text(
        _VARIABLE.sub(lambda found: values[found[1]], template.read_text(encoding="utf-8")), encoding="utf-8"
    )
    return path


def _stand_ins(ports: Mapping[str, int]) -> str:
    return " ".join(f"location ^~ {path} {{ proxy_pass http://{LOOPBACK}:{port}; }}" for path, port in ports.items())


def _servers(ports: Sequence[int]) -> str:
    return " ".join(f"server {LOOPBACK}:{port} max_fails=3 fail_timeout=2s;" for port in ports)
