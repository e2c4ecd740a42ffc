#!/bin/sh
# Prints the Python to use: $PYTHON, else one that is found; `python.sh any` also takes one that is too old for the product.
# Fails when there is none. A pyenv shim may be a name without a program behind it, so each is really run.
set -eu

wanted='import sys; sys.exit(sys.version_info < (3, 12))'
if [ "${1:-}" = any ]; then wanted=''; fi

for python in "${PYTHON:-python3}" python3.13 python3.14 python3.12 /usr/bin/python3 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3; do
    if "$python" -c "$wanted" >/dev/null 2>&1; then
        "$python" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done
exit 1
