"""The gateway's templates are filled in completely."""

from pathlib import Path

import pytest

from sundial_local.gateway import render, variables
from sundial_local.layout import Service, gateway_files


def test_every_variable_has_a_value(tmp_path: Path):
    upstreams = {service: [1000, 1001] for service in Service}
    values = variables(
        port=8080, upstreams=upstreams, files=tmp_path, embed=tmp_path, web=tmp_path, brotli=Path("/brotli.so")
    )
    written = render(gateway_files(), tmp_path, values)
    assert {path.name for path in written} >= {"nginx.conf", "routes.conf", "limits.conf", "headers.conf"}
    assert not [path.name for path in written if "${" in path.read_text()]


def test_a_variable_without_a_value_is_refused(tmp_path: Path):
    (tmp_path / "x.conf.template").write_text("listen ${GATEWAY_LISTEN};")
    with pytest.raises(KeyError, match="GATEWAY_LISTEN"):
        render(tmp_path, tmp_path, {})
