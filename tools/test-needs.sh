#!/bin/sh
# Install what the tests need of Debian: Chromium (pages), Java (HTML checker), PostgreSQL.
# Where this account may not install, say in one line what to type.
set -eu

missing=
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null ||
    missing="$missing chromium-headless-shell"
command -v java >/dev/null || missing="$missing default-jre-headless"
"$(dirname "$0")/with-postgres.sh" --found || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=env
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
else
    echo "The tests need a little more. Type: sudo apt-get install$missing" >&2
    exit 1
fi
$as_root apt-get update -q
# shellcheck disable=SC2086  # a list of words
$as_root DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
