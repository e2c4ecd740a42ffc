#!/bin/sh
# What the official entrypoint does with POSTGRES_PASSWORD and /docker-entrypoint-initdb.d, for executable scripts.
set -eu
export POSTGRES_USER="${POSTGRES_USER:-postgres}"

if [ "$(id -u)" = 0 ]; then
    install -d -o postgres -g postgres -m 0700 "$PGDATA"
    chown postgres:postgres /var/lib/postgresql
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    passwords=$(mktemp)
    printf '%s\n' "$POSTGRES_PASSWORD" >"$passwords"
    initdb --pgdata="$PGDATA" --username="$POSTGRES_USER" --pwfile="$passwords" --auth-local=trust --encoding=UTF8
    rm "$passwords"
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    pg_ctl --pgdata="$PGDATA" --wait --options="-c listen_addresses=''" start
    for script in /docker-entrypoint-initdb.d/*.sh; do
        "$script"
    done
    pg_ctl --pgdata="$PGDATA" --wait --mode=fast stop
fi

exec "$@" -c "listen_addresses=*"
