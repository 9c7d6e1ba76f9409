# shellcheck shell=bash
# The bridge, run against the lab's Odoo. It runs from a copy of the jar, so that a build may replace
# the original under it.

bridge_jar=$repository/bridge/target/amanat.jar

name_bridge_places() {
  bridge_home=$state/bridge
  bridge_admin=$bridge_home/admin.sock
  bridge_config=$bridge_home/amanat.yaml
  bridge_source=$([ "$bus" = longpolling ] && echo longpolling || echo auto)
}

bridge_up() {
  local java
  [ -r "$bridge_jar" ] || fail "the bridge is not built; run './amanat build', or give --no-bridge."
  java=$(find_java) || fail "the bridge needs a JDK of at least 25; install one or set JAVA_HOME."
  bridge_prepare
  ! is_running bridge || return 0
  require_port "$bridge_port" BRIDGE_PORT
  say "Starting the bridge on port $bridge_port."
  start bridge env -C "$bridge_home" "$java" -jar "$bridge_home/amanat.jar" serve --config "$bridge_config"
  await 60 bridge http_answers "$bridge_port" /healthz
  await 60 bridge bridge_is_ready "$java"
}

bridge_is_ready() { "$1" -jar "$bridge_home/amanat.jar" status --socket "$bridge_admin" >/dev/null 2>&1; } # JAVA

bridge_stop() { stop bridge TERM; }

# A running bridge is stopped when its jar, its settings or its password are not those of now.
bridge_prepare() {
  local password
  password=$(service_password) || fail "the add-on has made no service user; see $state/install.log, or give --no-bridge."
  mkdir -p "$bridge_home"
  chmod 700 "$bridge_home"
  bridge_file amanat.jar <"$bridge_jar"
  printf '%s\n' "$password" | bridge_file odoo.password
  secret "$state/wal.password" | bridge_file wal.password
  bridge_configuration | bridge_file amanat.yaml
}

bridge_file() { # NAME: its content is on standard input
  (umask 077 && cat >"$bridge_home/$1.new")
  if cmp -s "$bridge_home/$1.new" "$bridge_home/$1"; then
    rm "$bridge_home/$1.new"
  else
    bridge_stop
    mv "$bridge_home/$1.new" "$bridge_home/$1"
  fi
}

service_password() {
  in_chroot root python3 -c 'import json, sys; print(json.load(sys.stdin)["service_user"]["password"])' <"$state/users.json" 2>/dev/null
}

bridge_configuration() {
  cat <<TEXT
odoo:
  url: $odoo_url
  ${bus}_url: $bus_url
  database: $database
  login: $service_login
  password_file: $bridge_home/odoo.password
  source: $(variable SOURCE "$bridge_source")
  wal:
    port: $postgres_port
    user: $wal_user
    password_file: $bridge_home/wal.password
    publication: $publication
data_dir: $bridge_home/data
browsers:
  host: 127.0.0.1
  port: $bridge_port
  origins:
    - $odoo_url
    - http://localhost:$http_port
admin:
  socket: $bridge_admin
TEXT
}

# The launcher names one; without it, the newest of the system's.
find_java() {
  local java
  for java in ${AMANAT_JAVA:+"$AMANAT_JAVA"} ${JAVA_HOME:+"$JAVA_HOME/bin/java"} /usr/lib/jvm/*/bin/java; do
    if [ -x "$java" ] && [ "$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')" -ge 25 ]; then
      echo "$java"
      return
    fi
  done
  return 1
}

# What it kept belongs to a database that is gone.
bridge_forget() {
  bridge_stop
  rm -rf "$bridge_home"
}
