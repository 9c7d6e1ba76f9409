# shellcheck shell=bash
# A Debian with Odoo and PostgreSQL (series.sh). Each stage leaves a marker once it succeeded, so that an
# interrupted one is done again and a finished one never.

chroot_up() {
  [ -e "$base/debian.done" ] || require_debootstrap
  stage debian "Unpacking Debian $suite (about 1 minute)." debian_bootstrap
  stage packages "Installing $odoo_package and PostgreSQL $postgres_version (about 1 minute)." debian_packages
}

stage() { # NAME SENTENCE FUNCTION
  [ ! -e "$base/$1.done" ] || return 0
  say "$2"
  attempt "$3" >>"$state/chroot.log" 2>&1
  [ "$attempted" = 0 ] || give_up
  touch "$base/$1.done"
}

# Inside "f || ..." the shell ignores set -e, and f would carry on after its first failure.
attempt() { # FUNCTION
  set +e
  (set -e && "$1")
  attempted=$?
  set -e
}

give_up() {
  local end
  end=$(tail -n 5 "$state/chroot.log")
  case "$end" in
    *"Failed getting release file"* | *"Couldn't download"*) unavailable "no Debian mirror can be reached from this machine (see $state/chroot.log)." ;;
    *) fail "this did not work; mend what the end of $state/chroot.log says and run the command again:
$end" ;;
  esac
}

debian_bootstrap() {
  rm -rf "$root"
  mkdir -p "$base/debs"
  # shellcheck disable=SC2046
  debootstrap --variant=minbase --include=ca-certificates --cache-dir="$base/debs" "$suite" "$root" $(debian_mirror)
}

require_debootstrap() {
  ! command -v debootstrap >/dev/null || return 0
  say "Installing debootstrap on this machine."
  {
    apt-get update &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debootstrap debian-archive-keyring
  } >>"$state/chroot.log" 2>&1 || unavailable "debootstrap is missing and apt-get cannot install it (see $state/chroot.log)."
}

# The mirror this machine's own apt uses; empty leaves the choice to debootstrap.
debian_mirror() {
  cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
    awk '/^URIs:/ { print $2 } /^deb / { sub(/\[[^]]*\] */, ""); print $2 }' |
    grep -m 1 -E '/debian/?$' || true
}

debian_packages() {
  apt_settings
  apt_in_chroot update
  in_chroot root dpkg --configure -a
  apt_in_chroot install -y --no-install-recommends "$odoo_package" "postgresql-$postgres_version" python3-cryptography
  apt_in_chroot clean
  rm -rf "$base/debs"
}

apt_in_chroot() { in_chroot root env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Options::=--force-unsafe-io "$@"; }

apt_settings() {
  [ -s "$base/mirror" ] || awk '/^deb / { print $2; exit }' "$root/etc/apt/sources.list" >"$base/mirror"
  series_sources "$(cat "$base/mirror")"
  {
    apt-config dump | grep -E '^Acquire::(https?|Retries)' || true
    echo 'Acquire::Check-Valid-Until "false";'
    echo 'Acquire::Languages "none";'
  } >"$root/etc/apt/apt.conf.d/99amanat"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  [ ! -d /usr/local/share/ca-certificates ] || cp -r /usr/local/share/ca-certificates "$root/usr/local/share/"
  in_chroot root update-ca-certificates
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  mkdir -p "$root/etc/postgresql-common"
  echo 'create_main_cluster = false' >"$root/etc/postgresql-common/createcluster.conf"
}

in_chroot() { # USER COMMAND...
  "$here/enter" "$root" "$@"
}
