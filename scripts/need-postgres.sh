#!/bin/sh
# Makes sure of the PostgreSQL server programs. Not needed when DATABASE_URL names a database, except for tests.
set -eu
. "$(dirname "$0")/install.sh"

has_postgres() {
  [ -n "${ZENGXIN_POSTGRES_BIN:-}" ] && [ -x "$ZENGXIN_POSTGRES_BIN/initdb" ] && return 0
  for initdb in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
    [ -x "$initdb" ] && return 0
  done
  command -v initdb >/dev/null 2>&1 && command -v postgres >/dev/null 2>&1
}

has_postgres && exit 0

# Debian's package would start a cluster of its own, which nobody asked for.
prepare='mkdir -p /etc/postgresql-common && grep -qs "^create_main_cluster" /etc/postgresql-common/createcluster.conf || echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf'
install_packages postgresql
