# shellcheck shell=bash
# Words to the reader, where things are, and processes that are certainly ours.

series=${series:-19}
database=amanat
service_login=amanat_bridge

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "lab: $*"
  explained=yes
  exit 1
}

misuse() {
  say "$*"
  usage >&2
  explained=yes
  exit 2
}

unavailable() {
  say "lab: $*"
  explained=yes
  exit 3
}

name_places() {
  name_series
  case "$output" in
    table | json) ;;
    *) misuse "lab: --output is table or json, not '$output'" ;;
  esac
  base=$(variable DIR "${XDG_CACHE_HOME:-$HOME/.cache}/amanat/lab/$series")
  root=$base/root
  state=$base/state
  addons_source=$repository/odoo_addon_stub/$series
  name_addons
  if [ -r "$state/ports" ]; then
    # shellcheck source=/dev/null
    . "$state/ports"
  fi
  http_port=$(variable HTTP_PORT "${http_port:-${standard_ports[0]}}")
  evented_port=$(variable EVENTED_PORT "${evented_port:-${standard_ports[1]}}")
  postgres_port=$(variable POSTGRES_PORT "${postgres_port:-${standard_ports[2]}}")
  bridge_port=$(variable BRIDGE_PORT "${bridge_port:-${standard_ports[3]}}")
  odoo_url=http://127.0.0.1:$http_port
  bus_url=$(bus_url)
  bridge_url=ws://127.0.0.1:$bridge_port/amanat.v1
}

keep_ports() {
  printf '%s=%s\n' http_port "$http_port" evented_port "$evented_port" \
    postgres_port "$postgres_port" bridge_port "$bridge_port" >"$state/ports"
}

require_machine() {
  [ "$(uname -s)" = Linux ] || unavailable "the lab needs Linux with Debian's debootstrap."
  [ "$(id -u)" = 0 ] || unavailable "the lab needs root (chroot and mounts); run it as root or with sudo."
  unshare --mount true 2>/dev/null || unavailable "this root may not mount (a restricted container); run the lab on a whole machine."
  mkdir -p "$state"
  chmod 700 "$base" "$state"
}

# Descriptor 9 is the lock. Helpers inherit it, so that what outlives a killed command still holds it;
# whatever is started to stay must not.
lock() {
  exec 9>"$base/lock"
  claim 9
}

unlock() { exec 9>&-; }

claim() { # DESCRIPTOR
  flock --nonblock "$1" && return
  say "Another lab command is at work; waiting for it."
  flock --wait 900 "$1" || fail "another lab command has been at work for 15 minutes (see 'fuser $base/lock'); end it and try again."
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() { # below those that the system hands out by itself
  local port
  for port in $(shuf -i 20000-30000 -n 20); do
    port_is_taken "$port" || { echo "$port" && return; }
  done
}

require_port() { # PORT NAME
  ! port_is_taken "$1" || fail "port $1 is taken; free it or choose another one with ${variables}_$2."
}

http_answers() { # PORT PATH
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" &&
      printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3 &&
      head -n 1 <&3 | grep -q ' 200'
  } 2>/dev/null
}

# A pid alone may have been reused: a process is named by pid, start time and boot.
birth_of() { # PID
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  [ "$1" != Z ] || return 1
  echo "${20} $(cat /proc/sys/kernel/random/boot_id)"
}

pid_of() { # NAME
  local pid birth
  read -r pid birth 2>/dev/null <"$state/$1.pid" || return 1
  [ -n "$birth" ] && [ "$(birth_of "$pid")" = "$birth" ] && echo "$pid"
}

is_running() { pid_of "$1" >/dev/null; }

start() { # NAME COMMAND...
  local name=$1 pid
  shift
  ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"
  setsid "$@" >>"$state/$name.log" 2>&1 </dev/null 8>&- 9>&- &
  pid=$!
  echo "$pid $(birth_of "$pid")" >"$state/$name.pid"
}

stop() { # NAME SIGNAL
  local pid
  if pid=$(pid_of "$1"); then
    say "Stopping $1."
    kill -s "$2" "$pid"
    for _ in $(seq 150); do
      is_running "$1" || break
      sleep 0.1
    done
    kill -s KILL -- "-$pid" 2>/dev/null || true
  fi
  rm -f "$state/$1.pid"
}

await() { # SECONDS NAME CONDITION...
  local left=$(($1 * 10)) name=$2
  shift 2
  until "$@"; do
    is_running "$name" || fail "$name ended while starting; mend what the end of $state/$name.log says:
$(tail -n 3 "$state/$name.log")"
    left=$((left - 1))
    [ "$left" -gt 0 ] || fail "$name does not answer; see $state/$name.log."
    sleep 0.1
  done
}

secret() { # FILE: created once, readable by root only
  if [ ! -s "$1" ]; then
    (umask 077 && head -c 18 /dev/urandom | base64 | tr '+/' 'Aa' >"$1")
  fi
  cat "$1"
}
