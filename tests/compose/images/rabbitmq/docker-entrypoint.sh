#!/bin/sh
# Like the official entrypoint: the server does not run as root. RabbitMQ itself reads RABBITMQ_DEFAULT_USER and _PASS.
set -eu
if [ "$(id -u)" = 0 ]; then
    chown -R rabbitmq:rabbitmq /var/lib/rabbitmq
    exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups "$@"
fi
exec "$@"
