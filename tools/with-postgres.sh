#!/bin/sh
# with-postgres.sh COMMAND…: run COMMAND with WIELKOPOLSKAES_TEST_DATABASE_URL set to a PostgreSQL
# server on which it may create databases: the one that the variable already names, else one of
# its own that ends with COMMAND (it need not survive, so it makes databases five times as fast),
# else one that runs on this machine and lets "postgres" in.
# with-postgres.sh --found: tell by the exit code whether one of these is there.
set -eu

local_server="postgresql+psycopg://postgres@127.0.0.1:5432/"
programs=$(find /usr/lib/postgresql -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -1)

lets_us_in() {
    command -v psql >/dev/null &&
        psql --no-password -h 127.0.0.1 -U postgres -d postgres -qc 'select 1' >/dev/null 2>&1
}

if [ "$1" = --found ]; then
    [ -n "${WIELKOPOLSKAES_TEST_DATABASE_URL:-}" ] || [ -n "$programs" ] || lets_us_in
    exit
fi

if [ -z "${WIELKOPOLSKAES_TEST_DATABASE_URL:-}" ] && [ -z "$programs" ] && lets_us_in; then
    WIELKOPOLSKAES_TEST_DATABASE_URL=$local_server
fi
if [ -n "${WIELKOPOLSKAES_TEST_DATABASE_URL:-}" ]; then
    export WIELKOPOLSKAES_TEST_DATABASE_URL
    exec "$@"
fi

folder=$(mktemp -d)
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    chown postgres "$folder"
    server() { runuser -u postgres -- "$@"; }
else
    server() { "$@"; }
fi
stop() {
    server "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
# A path of a socket would need signs that ini files do not take as they are.
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
careless="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
trap 'exit 130' INT TERM
cd "$folder"
server "$programs/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null
server "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o \
    "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder $careless" \
    start >/dev/null
cd "$OLDPWD"
WIELKOPOLSKAES_TEST_DATABASE_URL="postgresql+psycopg://postgres@127.0.0.1:$port/" "$@"
