#!/bin/sh
# Runs uv: the one that is installed, else one of our own in .sundial/bootstrap. The machine's Python is left as it is.
set -eu

if uv --version >/dev/null 2>&1; then
    exec uv "$@"
fi
if python3 -m uv --version >/dev/null 2>&1; then
    exec python3 -m uv "$@"
fi

bootstrap=.sundial/bootstrap
if ! "$bootstrap/bin/python" -m uv --version >/dev/null 2>&1; then
    python=$(sh deploy/local/python.sh any)
    rm -rf "$bootstrap"
    mkdir -p .sundial
    if ! "$python" -m venv "$bootstrap" >/dev/null 2>&1; then
        # Debian keeps what venv needs in a package of its own.
        echo "Installing python3-venv …" >&2
        rm -rf "$bootstrap"
        if [ "$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi
        $sudo sh deploy/local/src/sundial_local/install.sh python3-venv >/dev/null
        "$python" -m venv "$bootstrap"
    fi
    "$bootstrap/bin/python" -m pip install -q --disable-pip-version-check uv
fi
exec "$bootstrap/bin/python" -m uv "$@"
