# shellcheck shell=bash
# A PostgreSQL cluster of the lab's own, made for speed and for logical decoding.

cluster=/var/lib/postgresql/amanat
wal_user=amanat
publication=amanat

postgres_up() {
  stage cluster "Creating the PostgreSQL cluster." cluster_create
  postgres_configure
  ! is_running postgres || return 0
  require_port "$postgres_port" POSTGRES_PORT
  say "Starting PostgreSQL on port $postgres_port."
  rm -f "$root$cluster/postmaster.pid"
  start postgres "$here/enter" "$root" postgres "$(programs)/postgres" -D "$cluster"
  await 60 postgres postgres_answers
  stage role "Creating the role odoo." role_create
  stage wal_role "Creating the role amanat, which may read the log." wal_role_create
}

programs() { echo "/usr/lib/postgresql/$postgres_version/bin"; }

postgres_stop() { stop postgres INT; }

postgres_answers() { in_chroot postgres pg_isready --quiet --port "$postgres_port"; }

cluster_create() {
  rm -rf "${root:?}$cluster"
  in_chroot postgres "$(programs)/initdb" -D "$cluster" --locale=C.UTF-8 --encoding=UTF8 --auth-local=peer --auth-host=scram-sha-256
  echo "include = 'amanat.conf'" >>"$root$cluster/postgresql.conf"
}

postgres_configure() {
  postgres_configuration >"$state/postgres.conf"
  cmp -s "$state/postgres.conf" "$root$cluster/amanat.conf" && return
  odoo_stop
  postgres_stop
  install -m 644 "$state/postgres.conf" "$root$cluster/amanat.conf"
}

postgres_configuration() {
  cat <<TEXT
listen_addresses = '127.0.0.1'
port = $postgres_port
unix_socket_directories = '/var/run/postgresql'
wal_level = logical
max_slot_wal_keep_size = 2GB
track_commit_timestamp = on
max_connections = 200
password_encryption = 'scram-sha-256'
shared_buffers = 256MB
# A lab: what a power cut would lose, 'lab reset' brings back.
fsync = off
full_page_writes = off
TEXT
}

role_create() {
  local password
  password=$(secret "$state/postgres.password")
  sql postgres "CREATE ROLE odoo LOGIN CREATEDB REPLICATION PASSWORD '$password'"
}

wal_role_create() {
  local password
  password=$(secret "$state/wal.password")
  sql postgres "CREATE ROLE $wal_user LOGIN REPLICATION PASSWORD '$password'"
}

# What './amanat slot setup' prints; PostgreSQL chooses columns and rows since version 15.
publication_create() {
  local table=public.bus_bus
  [ "$postgres_version" -lt 15 ] ||
    table="public.bus_bus (id, create_uid, channel, message) WHERE (channel LIKE '%\"realtime_updates\"%')"
  [ "$(sql "$database" "SELECT 1 FROM pg_publication WHERE pubname = '$publication'")" = 1 ] ||
    sql "$database" "CREATE PUBLICATION $publication FOR TABLE $table WITH (publish = 'insert')"
}

# The statement goes in by standard input: arguments can be read by everyone on the machine.
sql() { # DATABASE STATEMENT
  in_chroot postgres psql --port "$postgres_port" --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 "$1" \
    <<<"SET client_min_messages = warning; $2;"
}

database_exists() { [ "$(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

# A copy is written under another name first, so that an interrupted one is never taken for whole.
database_copy() { # FROM TO
  database_drop "$2"
  database_drop "${2}_new"
  sql postgres "CREATE DATABASE ${2}_new TEMPLATE $1 OWNER odoo $(copy_options)"
  filestore_copy "$1" "$2"
  sql postgres "ALTER DATABASE ${2}_new RENAME TO $2"
}

database_drop() { sql postgres "DROP DATABASE IF EXISTS $1 WITH (FORCE)"; }
