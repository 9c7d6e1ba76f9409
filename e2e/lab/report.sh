# shellcheck shell=bash
# What a person or a script needs to know of a running lab.

require_lab() { [ -s "$state/users.json" ] || fail "there is no lab yet; run './amanat lab up'."; }

info() {
  require_machine
  require_lab
  report info
}

status() {
  require_machine
  require_lab
  report status
}

report() { # info|status
  in_chroot root env what="$1" output="$output" series="$series" state_dir="$state" database="$database" \
    odoo_url="$odoo_url" bus="$bus" bus_url="$bus_url" http_port="$http_port" evented_port="$evented_port" \
    odoo_pid="$(pid_of odoo || true)" gevent_pid="$(gevent_pid)" \
    postgres_port="$postgres_port" postgres_pid="$(pid_of postgres || true)" wal_user="$wal_user" publication="$publication" \
    postgres_socket="$root/var/run/postgresql" bridge_url="$bridge_url" bridge_port="$bridge_port" bridge_pid="$(pid_of bridge || true)" \
    bridge_admin="$bridge_admin" bridge_config="$bridge_config" \
    python3 -c "$(cat "$here/report.py")" <"$state/users.json" 3<"$state/postgres.password"
}

gevent_pid() {
  local pid
  pid=$(pid_of odoo) || return 0
  for pid in $(cat "/proc/$pid/task/$pid/children"); do
    ! grep -qz '^gevent$' "/proc/$pid/cmdline" || echo "$pid"
  done
}

logs() {
  local name=odoo follow=()
  while [ $# -gt 0 ]; do
    case "$1" in
      -f | --follow) follow=(-f) ;;
      odoo | postgres | bridge) name=$1 ;;
      *) misuse "lab logs: odoo, postgres or bridge, and -f; not '$1'" ;;
    esac
    shift
  done
  [ -e "$state/$name.log" ] || fail "$name has not been started here; run './amanat lab up'."
  tail -n 200 "${follow[@]}" "$state/$name.log"
}
