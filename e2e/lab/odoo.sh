# shellcheck shell=bash
# Odoo with our add-on: installed, kept up to date with its sources, seeded, started.
#
# Databases: amanat_plain (Odoo alone), amanat (in use), amanat_fresh (amanat as it was just after
# installing and seeding, what reset brings back), amanat_test (the add-on's Python tests).

odoo_settings=/etc/odoo/amanat.conf
filestore=/var/lib/odoo/amanat/filestore

odoo_up() {
  database_up
  odoo_configure
  ! is_running odoo || return 0
  require_port "$http_port" HTTP_PORT
  require_port "$evented_port" EVENTED_PORT
  say "Starting Odoo on port $http_port, its bus on port $evented_port."
  start odoo "$here/enter" "$root" odoo odoo --config "$odoo_settings" --database "$database"
  await 120 odoo http_answers "$http_port" "$(health_path web)"
  await 60 odoo http_answers "$evented_port" "$(health_path bus)"
}

odoo_stop() { stop odoo TERM; }

# Odoo's first process starts another at once.
bus_kill() {
  local odoo
  odoo=$(pid_of odoo) || fail "Odoo does not run; run 'lab up'."
  pkill -KILL --parent "$odoo" --full 'odoo gevent' || fail "Odoo has no process for its bus."
  await 60 odoo http_answers "$evented_port" "$(health_path bus)"
}

odoo_configure() {
  odoo_configuration >"$state/odoo.conf"
  cmp -s "$state/odoo.conf" "$root$odoo_settings" && return
  odoo_stop
  install -m 644 "$state/odoo.conf" "$root$odoo_settings"
}

odoo_configuration() {
  cat <<TEXT
[options]
addons_path = /usr/lib/python3/dist-packages/odoo/addons,/opt/amanat/addons
data_dir = /var/lib/odoo/amanat
db_user = odoo
db_port = $postgres_port
dbfilter = ^$database\$
list_db = False
http_interface = 127.0.0.1
http_port = $http_port
$(series_configuration)
workers = 2
max_cron_threads = 1
TEXT
}

database_up() {
  odoo_configure
  stage plain "Creating an Odoo database (about 30 seconds)." plain_create
  database_exists "$database" || database_make
  addons_update
  seed_update
  database_exists amanat_fresh || database_copy "$database" amanat_fresh
}

database_make() {
  say "Making the database $database."
  database_copy amanat_plain "$database"
}

# The copy of the fresh state serves as long as the add-on and the seed are the same.
database_reset() {
  if database_exists amanat_fresh && [ "$(parameter amanat_fresh amanat_lab.addons)" = "$(addons_hash)" ] &&
    [ "$(parameter amanat_fresh amanat_lab.seed)" = "$(seed_hash)" ]; then
    database_copy amanat_fresh "$database"
  else
    database_drop amanat_fresh
    database_make
  fi
}

# Odoo loads an add-on's demo data only where those it depends on have theirs.
plain_create() {
  mkdir -p "$root/opt/amanat/addons"
  database_drop amanat_plain
  rm -rf "${root:?}$filestore/amanat_plain"
  # shellcheck disable=SC2046
  install_run --database amanat_plain --init base,web,bus $(no_demo_options)
  sql amanat_plain "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
  [ "$series" != 19.0 ] || echo 'env["ir.qweb"]._pregenerate_assets_bundles(); env.cr.commit()' | odoo_shell amanat_plain
}

install_run() { in_chroot odoo odoo --config "$odoo_settings" --workers 0 --max-cron-threads 0 --no-http --stop-after-init "$@"; }

addon_names() { # DIRECTORY...
  find "$@" -mindepth 2 -maxdepth 2 -name __manifest__.py -printf "%h\n" | xargs -r -n 1 basename | sort | paste -s -d ,
}

addons_hash() { for directory in "${addons[@]}"; do hash_of "$directory"; done | sha256sum | cut -c 1-32; }

hash_of() { # DIRECTORY
  [ -d "$1" ] || return 0
  (cd "$1" && find . -type f ! -path '*/__pycache__/*' ! -path '*/node_modules/*' -print0 | sort -z | xargs -0 -r sha256sum | sha256sum | cut -c 1-32)
}

addons_copy() { # INTO FROM...
  rm -rf "${root:?}$1"
  mkdir -p "$root$1"
  cp -r "${@:2}" "$root$1"
  find "$root$1" -name __pycache__ -prune -exec rm -rf {} +
}

addons_update() {
  local hash names
  hash=$(addons_hash) names=$(addon_names "${addons[@]}")
  [ "$(parameter "$database" amanat_lab.addons)" != "$hash" ] || return 0
  odoo_stop
  say "Installing $names as it stands in the sources."
  addons_copy /opt/amanat/addons "${addons[@]/%//.}"
  odoo_log=$state/install.log
  install_run --database "$database" --init "$names" --update "$names" >"$odoo_log" 2>&1 ||
    fail "Odoo refuses the add-on; mend it and run 'lab up' again. From $odoo_log:
$(grep -E -A 12 ' (ERROR|CRITICAL) ' "$odoo_log" | tail -n 40)"
  parameter_set amanat_lab.addons "$hash"
}

seed_hash() { { cat "$here/seed.py" && echo "$bridge_url" && addons_hash; } | sha256sum | cut -c 1-32; }

seed_update() {
  [ ! -s "$state/users.json" ] || [ "$(parameter "$database" amanat_lab.seed)" != "$(seed_hash)" ] || return 0
  say "Seeding companies, users and records."
  umask 077
  seed_run 2>"$state/seed.log" >"$state/users.new" || fail "seeding failed; see $state/seed.log."
  grep '^{"users"' "$state/users.new" >"$state/users.found" || fail "seeding failed; see $state/seed.log."
  umask 022
  mv "$state/users.found" "$state/users.json"
  rm -f "$state/users.new"
  parameter_set amanat_lab.seed "$(seed_hash)"
}

seed_run() {
  touch "$state/users.json"
  odoo_shell "$database" <"$here/seed.py" 3<"$state/users.json"
}

odoo_shell() { # DATABASE
  in_chroot odoo env AMANAT_BRIDGE_URL="$bridge_url" odoo shell --config "$odoo_settings" --workers 0 --no-http --database "$1"
}

parameter() { sql "$1" "SELECT value FROM ir_config_parameter WHERE key = '$2'"; } # DATABASE KEY

parameter_set() { # KEY VALUE
  sql "$database" "INSERT INTO ir_config_parameter (key, value) VALUES ('$1', '$2') ON CONFLICT (key) DO UPDATE SET value = excluded.value"
}

filestore_copy() { # FROM TO
  rm -rf "${root:?}$filestore/$2"
  [ ! -d "$root$filestore/$1" ] || cp -a "$root$filestore/$1" "$root$filestore/$2"
}

# A copy of the add-on and a database of its own: the lab in use is not touched.
test_addon() {
  local names tags
  require_machine
  exec 8>"$base/test.lock"
  claim 8
  lock
  keep_ports
  chroot_up
  postgres_up
  odoo_configure
  stage plain "Creating an Odoo database (about 30 seconds)." plain_create
  names=$(addon_names "$addons_source") tags=${1:-/${names//,/,/}}
  [ -n "$names" ] || fail "there is no add-on in $addons_source to test."
  addons_copy /opt/amanat/tested-addons "$addons_source/."
  database_copy amanat_plain amanat_test
  unlock
  say "Testing $tags in the database amanat_test."
  in_chroot odoo odoo --config "$odoo_settings" --addons-path "/usr/lib/python3/dist-packages/odoo/addons,/opt/amanat/tested-addons" \
    --workers 0 --max-cron-threads 0 --db-filter '^amanat_test$' --database amanat_test --http-port "$(free_port)" \
    --init "$names" --test-tags "$tags" --stop-after-init 2>&1 | tee "$state/test-addon.log" >&2 ||
    fail "the add-on's tests fail: $(grep -E '[0-9]+ failed, [0-9]+ error' "$state/test-addon.log" | tail -n 1 | sed 's/.*: //') (all in $state/test-addon.log)."
}
