# shellcheck shell=bash
# QGIS 3.44 with Python 3.14 and pandas 3, in a Debian of its own: a folder (4 GB, made in some
# minutes) that programs take for the whole system. Sourced by scripts/test, never run.

NEXT="${COODIAG_NEXT:-/var/tmp/coodiag-qgis-next}"
NEXT_SUITE=forky
NEXT_MIRROR="${COODIAG_MIRROR:-http://deb.debian.org/debian}"
NEXT_PYTHON=("pandas==3.*") # newer than what this Debian has

# Makes that Debian, once: the mark in it is written when all the rest is there.
ensure_next() {
  [ -e "$NEXT/.ready" ] && return
  command -v debootstrap >/dev/null || install_packages debootstrap
  say "QGIS 3.44 with Python 3.14 and pandas 3 goes into $NEXT (4 GB, some minutes)."
  as_root rm -rf --one-file-system "$NEXT"
  as_root mkdir -p "$NEXT"
  local log
  log="$(mktemp)"
  as_root debootstrap --variant=minbase "$NEXT_SUITE" "$NEXT" "$NEXT_MIRROR" \
    /usr/share/debootstrap/scripts/sid >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    stop "Debian $NEXT_SUITE could not be put into $NEXT; all that was said is in $log."
  }
  rm -f "$log"
  as_root touch "$NEXT/etc/hosts" "$NEXT/etc/resolv.conf"
  # A mirror that is kept as it was on a day is no longer valid by its own dates.
  echo 'Acquire::Check-Valid-Until "false";' |
    as_root tee "$NEXT/etc/apt/apt.conf.d/99coodiag" >/dev/null
  in_next bash -euo pipefail -c '. /coodiag/scripts/lib.sh && install_packages "$@"' install \
    ca-certificates python3-pip locales-all "${SYSTEM_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
  # What Debian installed stays in its place, behind.
  in_next python3 -m pip install --quiet --root-user-action=ignore --break-system-packages \
    --no-deps --ignore-installed "${NEXT_PYTHON[@]}"
  as_root touch "$NEXT/.ready"
}

# Runs a command in it, on a copy of the clone (in /coodiag): what is written there never mixes
# with what another QGIS wrote here. The mounts are of this command alone and go away with it.
in_next() {
  local data="${COODIAG_REAL_DATA:-$ROOT/../shared/data}"
  [ -d "$data" ] || data=""
  as_root mkdir -p "$NEXT/coodiag" "$NEXT/real"
  as_root find "$NEXT/coodiag" -mindepth 1 -maxdepth 1 ! -name .venv -exec rm -rf {} +
  files_of_clone | (cd "$ROOT" && tar --null --files-from - -cf -) |
    as_root tar -xf - -C "$NEXT/coodiag" --no-same-owner
  as_root unshare --mount --propagation private bash -euo pipefail -c '
    next="$1" data="$2"
    shift 2
    mount --bind /proc "$next/proc"
    mount --rbind /dev "$next/dev"
    if [ -n "$data" ]; then
      mount --bind "$data" "$next/real"
      mount -o remount,bind,ro "$next/real"
      export COODIAG_REAL_DATA=/real
    fi
    # the network of this machine, and whom it trusts
    for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
      [ ! -e "$file" ] || [ ! -e "$next$file" ] || mount --bind "$file" "$next$file"
    done
    # nothing that names a folder out of there
    unset COODIAG_PYTHON COODIAG_PROFILE COODIAG_CACHE VIRTUAL_ENV XDG_RUNTIME_DIR TMPDIR DISPLAY
    export HOME=/root LC_ALL=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
    exec chroot "$next" "$@"' in_next "$NEXT" "$data" "$@"
}

# Names that git knows or does not ignore, and git itself (the package is made of what it holds),
# with a zero after each.
files_of_clone() (
  cd "$ROOT"
  git ls-files -co --exclude-standard -z | while IFS= read -r -d '' name; do
    [ ! -e "$name" ] || printf '%s\0' "$name"
  done
  printf '.git\0'
)
