#!/bin/sh
# Makes .venv: a Python of 3.12 or newer, everything of requirements.lock by its hashes, and our packages, editable.
set -eu
exec >&2  # standard output belongs to what was asked for, such as `make env`

uv() { sh deploy/local/uv.sh "$@"; }

if ! .venv/bin/python -c '' >/dev/null 2>&1; then
    # Where there is no Python that is new enough, uv fetches the one of .python-version.
    python=$(sh deploy/local/python.sh) || python=$(cat .python-version)
    echo "Making .venv with $python"
    rm -rf .venv
    uv venv -q --python "$python" .venv || {
        echo "There is no Python 3.12 or newer here, and none could be fetched: install one, or name it with PYTHON="
        exit 1
    }
fi

echo "Installing what requirements.lock names (seconds when it is cached, else a minute)"
uv pip install -q -p .venv --require-hashes --no-deps -r requirements.lock
set --
for package in libs/*/pyproject.toml services/*/pyproject.toml deploy/*/pyproject.toml; do
    set -- "$@" -e "$(dirname "$package")"
done
uv pip install -q -p .venv --no-deps "$@"
