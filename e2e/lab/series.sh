# shellcheck shell=bash
# What differs between the series of Odoo that the lab can run. Each has its own directory, ports
# and variables, so that they run side by side.

name_series() {
  case "$series" in
    19 | 19.0)
      series=19.0 suite=trixie odoo_package=odoo-19 postgres_version=17 variables=AMANAT_LAB
      bus=websocket standard_ports=(18069 18072 15419 18080)
      ;;
    14 | 14.0)
      series=14.0 suite=bullseye odoo_package=odoo-14 postgres_version=13 variables=AMANAT_LAB14
      bus=longpolling standard_ports=(14069 14072 15414 14080)
      ;;
    *) misuse "lab: series '$series' is not known; 19 and 14 are" ;;
  esac
}

# Ours, and in Odoo 19 one with models that only tests need.
name_addons() {
  addons=("$addons_source")
  [ "$series" != 19.0 ] || addons+=("$here/addons")
}

variable() { # NAME DEFAULT: of this series
  local name=${variables}_$1
  echo "${!name:-$2}"
}

# Odoo 19 is packaged in sid only, whose Python is too new for it: everything else stays as it is.
series_sources() { # MIRROR
  printf 'deb %s %s main\n' "$1" "$suite" >"$root/etc/apt/sources.list"
  [ "$series" = 19.0 ] || return 0
  printf 'deb %s sid main\n' "$1" >>"$root/etc/apt/sources.list"
  cat >"$root/etc/apt/preferences.d/amanat" <<'TEXT'
Package: *
Pin: release n=sid
Pin-Priority: 50

Package: odoo-19
Pin: release n=sid
Pin-Priority: 900
TEXT
}

# The bus of Odoo 19 is a websocket, that of Odoo 14 a request that waits; both have a process of their own.
bus_url() {
  case "$bus" in
    websocket) echo "ws://127.0.0.1:$evented_port/websocket" ;;
    longpolling) echo "http://127.0.0.1:$evented_port/longpolling/poll" ;;
  esac
}

series_configuration() {
  case "$series" in
    19.0) echo "gevent_port = $evented_port" ;;
    *) echo "longpolling_port = $evented_port" ;;
  esac
}

health_path() { # web|bus
  case "$series/$1" in
    19.0/web) echo /web/health ;;
    19.0/bus) echo /websocket/health ;;
    *) echo /web/login ;;
  esac
}

# Add-ons' demo data are wanted, those of Odoo itself are not.
no_demo_options() { [ "$series" = 19.0 ] || echo --without-demo=all; }

copy_options() { [ "$postgres_version" -lt 15 ] || echo "STRATEGY FILE_COPY"; }
