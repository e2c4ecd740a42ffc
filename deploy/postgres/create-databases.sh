#!/bin/sh
# Creates every service's database and roles: what the postgres image runs when its data folder is new.
# Passwords come from the environment: <SERVICE>_OWNER_PASSWORD and <SERVICE>_APP_PASSWORD.
set -eu

for service in accounts availability appointments booking_public notifications; do
    prefix=$(printf '%s' "$service" | tr '[:lower:]' '[:upper:]')
    eval "OWNER_PASSWORD=\$${prefix}_OWNER_PASSWORD APP_PASSWORD=\$${prefix}_APP_PASSWORD"
    export OWNER_PASSWORD APP_PASSWORD
    DATABASE_NAME="sundial_$service" OWNER_ROLE="${service}_owner" APP_ROLE="${service}_app" \
        psql --no-psqlrc --username "$POSTGRES_USER" --dbname postgres --file "${SQL_FOLDER:-/opt/sundial}/database.sql"
done
