#!/bin/sh
# Like the official entrypoint: fills in the variables that are set, and match NGINX_ENVSUBST_FILTER, in every template.
set -eu
templates="${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}"
written="${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}"
variables=$(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p' | grep -E "${NGINX_ENVSUBST_FILTER:-}" | sed 's/.*/${&}/')

for template in "$templates"/*.template; do
    envsubst "$variables" <"$template" >"$written/$(basename "$template" .template)"
done
exec "$@"
