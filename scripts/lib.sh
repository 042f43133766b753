# shellcheck shell=bash
# Shared by the scripts: find or install what is missing, and run QGIS in a profile of its own.
# Sourced, never run.

unset CDPATH # with it, cd prints the folder
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
SYSTEM_PACKAGES=(qgis python3-qgis qgis-providers python3-pandas python3-scipy python3-matplotlib python3-requests python3-jinja2)
TEST_PACKAGES=(python3-venv poppler-utils git xvfb)
# What opens the documents in their tests; without them those tests are skipped.
READER_PACKAGES=(libreoffice-writer-nogui chromium chromium-driver)
LEAST_QGIS=3.34
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"

# Paths and people have accents: without a UTF-8 locale QGIS would write « ? » in their place.
case "$(locale charmap 2>/dev/null)" in
UTF-8) ;;
*) export LC_ALL=C.UTF-8 ;;
esac

# Notices go to standard error: the standard output belongs to the command that was asked for.
say() {
  printf '%s\n' "$@" >&2
}

stop() {
  say "$@"
  exit 1
}

# --- the QGIS at hand -------------------------------------------------------------------------

# The Python that can import qgis: the one named by COODIAG_PYTHON, or the system's. What an
# active environment (venv, conda, pyenv) or the user's own pip packages put before the system's
# must not mix with them; the user's packages are taken only where the system's do not suffice.
find_qgis() {
  local candidate
  unset PYTHONHOME PYTHONPATH
  for PYTHONNOUSERSITE in 1 ""; do
    export PYTHONNOUSERSITE
    for candidate in "${COODIAG_PYTHON:-}" /usr/bin/python3 python3; do
      candidate="$(command -v "$candidate" 2>/dev/null)" || continue
      if with_qgis "$candidate"; then
        use_python "$candidate"
        command -v qgis_process >/dev/null && return 0
      fi
    done
  done
  return 1
}

with_qgis() {
  (
    use_python "$1"
    "$1" -c '
import sys

import jinja2, matplotlib, pandas, requests, scipy
from qgis.core import Qgis

least = [int(part) for part in sys.argv[1].split(".")]
sys.exit(divmod(Qgis.QGIS_VERSION_INT // 100, 100) < tuple(least))' "$LEAST_QGIS"
  ) >/dev/null 2>&1
}

# qgis_process looks for its Python library beside the first python3 of the PATH, and PROJ and
# GDAL for their data where conda says.
use_python() {
  PYTHON="$1"
  PATH="$(dirname "$PYTHON"):$PATH"
  export PATH
  if [ "$PYTHON" = /usr/bin/python3 ]; then
    unset PROJ_LIB PROJ_DATA GDAL_DATA GDAL_DRIVER_PATH
  fi
}

ensure_qgis() {
  find_qgis && return
  install_packages "${SYSTEM_PACKAGES[@]}"
  find_qgis || stop \
    "QGIS $LEAST_QGIS or later with jinja2, matplotlib, pandas, requests and scipy was installed but cannot be used:" \
    "check that /usr/bin/python3 -c 'import qgis.core, jinja2, matplotlib, pandas, requests, scipy' works."
}

# --- what Debian installs ---------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# Version of QGIS that apt would install; arguments go to apt-cache.
offered_qgis() {
  LC_ALL=C apt-cache "$@" policy qgis 2>/dev/null | sed -n 's/^ *Candidate: *//p'
}

recent_enough() {
  [ -n "$1" ] && [ "$1" != "(none)" ] && dpkg --compare-versions "${1#*:}" ge "$LEAST_QGIS"
}

install_packages() {
  local target=()
  command -v apt-get >/dev/null || stop \
    "Missing, under the names Debian gives them: $*." \
    "Install QGIS $LEAST_QGIS or later for your system (https://qgis.org) with jinja2, matplotlib, pandas, requests and scipy in its" \
    "Python, for the tests also git, pdftotext and Xvfb; then run this again, with COODIAG_PYTHON set to" \
    "the Python of QGIS when it is not /usr/bin/python3."
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    stop "To be installed by root (sudo is not there): $*." \
      "Let root run scripts/demo in a clone of its own, or install these packages; then run this again."
  fi
  say "To be installed from $(distribution): $*"
  refresh_lists
  if [ "$1" = qgis ] && ! recent_enough "$(offered_qgis)"; then
    add_backports
    target=(-t bookworm-backports)
  fi
  apt_says "${target[@]}" "$@"
  apt_installs "${target[@]}" "$@"
}

distribution() (
  . /etc/os-release && echo "${PRETTY_NAME:-this system}"
)

refresh_lists() {
  as_root apt-get -o DPkg::Lock::Timeout=120 update -qq || stop \
    "The package lists could not be refreshed (apt-get update): check the network, then run this again."
}

# Debian 12 carries QGIS 3.22; 3.40 is in its backports, taken from the mirror already in use.
add_backports() {
  local codename mirror key=/usr/share/keyrings/debian-archive-keyring.gpg
  local list=/etc/apt/sources.list.d/coodiag-backports.list
  codename="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")"
  [ "$codename" = bookworm ] || stop \
    "$(distribution) offers QGIS $(offered_qgis); $LEAST_QGIS or later is needed." \
    "Install it from https://qgis.org, then run this again."
  if ! recent_enough "$(offered_qgis -t bookworm-backports)"; then
    mirror="$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' |
      sed -n 's|^bookworm \(https\{0,1\}://.*\)|\1|p' | head -n 1)"
    [ -e "$key" ] && key="[signed-by=$key] " || key=""
    say "Debian's backports are added in $list: QGIS $LEAST_QGIS is not in Debian 12 itself."
    echo "deb ${key}${mirror:-http://deb.debian.org/debian} bookworm-backports main" |
      as_root tee "$list" >/dev/null
    refresh_lists
  fi
  recent_enough "$(offered_qgis -t bookworm-backports)" || stop \
    "Debian's backports offer no QGIS $LEAST_QGIS: see $list, or install QGIS from https://qgis.org."
}

# Sizes, as apt announces them.
apt_says() {
  LC_ALL=C apt-get install --assume-no --no-install-recommends "$@" 2>/dev/null |
    grep -E '^(Need to get|After this operation)' >&2 || true
}

# Installs; a line at every fifth of each stage, so that a newcomer sees life, and apt's own words
# if it fails. (apt's Status-Fd is no way: it makes the output non-blocking, and scripts of
# packages that write there fail.)
apt_installs() {
  local log line stage fifth total=0
  local -A done=() shown=()
  log="$(mktemp)"
  if ! as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
    --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 \
    "$@" </dev/null 2>&1 | while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    stage=""
    case "$line" in
    *" upgraded, "*" newly installed"*) total="${line#* upgraded, }" total="${total%% *}" ;;
    Get:*) stage=downloaded ;;
    Unpacking*) stage=unpacked ;;
    "Setting up"*) stage="set up" ;;
    esac
    if [ -n "$stage" ] && [ "$total" -gt 0 ]; then
      done[$stage]=$((${done[$stage]:-0} + 1))
      fifth=$((${done[$stage]} * 5 / total))
      [ "$fifth" = "${shown[$stage]:-0}" ] || say "  ${done[$stage]} of $total packages $stage"
      shown[$stage]=$fifth
    fi
  done; then
    grep -E '^[EW]: ' "$log" >&2 || tail -n 5 "$log" >&2
    stop "The packages could not be installed; all that apt-get said is in $log."
  fi
  rm -f "$log"
}

# --- test tools -------------------------------------------------------------------------------

# A virtual environment that sees the system's QGIS, for the test tools only. Made again when the
# tools named by pyproject.toml or the Python of QGIS have changed.
ensure_venv() {
  if ! { command -v pdftotext && command -v git && command -v Xvfb && "$PYTHON" -c 'import ensurepip'; } >/dev/null 2>&1; then
    install_packages "${TEST_PACKAGES[@]}"
  fi
  ensure_readers
  VENV="$ROOT/.venv"
  local wanted tools
  wanted="$("$PYTHON" --version) $(sed -n '/^\[dependency-groups\]/,/^$/p' "$ROOT/pyproject.toml")"
  [ "$(cat "$VENV/.ready" 2>/dev/null)" = "$wanted" ] && return
  say "Test tools go into .venv: pytest, pytest-qgis, hypothesis, ruff, mypy, bandit, detect-secrets, flake8, mkdocs."
  "$PYTHON" -m venv --clear --system-site-packages "$VENV"
  tools="$("$VENV/bin/python" - "$ROOT/pyproject.toml" <<'PY'
import sys

try:
    import tomllib
except ImportError:  # Python before 3.11
    from pip._vendor import tomli as tomllib

with open(sys.argv[1], "rb") as stream:
    print(*tomllib.load(stream)["dependency-groups"]["test"], sep="\n")
PY
  )"
  printf '%s\n' "$tools" >"$VENV/requirements.txt"
  PIP_USER=0 "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check \
    --requirement "$VENV/requirements.txt" || stop \
    "The test tools could not be installed (see above): check the network, then run this again."
  printf '%s' "$wanted" >"$VENV/.ready"
}

# LibreOffice and Chromium, where Debian's packages can be had: other systems have them under other
# names, and the tests that need them say so and skip.
ensure_readers() {
  command -v libreoffice >/dev/null && command -v chromedriver >/dev/null && return
  command -v apt-get >/dev/null || return 0
  (install_packages "${READER_PACKAGES[@]}") || say "Tests that open documents will be skipped."
}

# --- a profile of its own ---------------------------------------------------------------------

# QGIS without the user's settings: a profile in build/profile with the plugin linked and enabled.
hermetic_profile() {
  PROFILE="${COODIAG_PROFILE:-$ROOT/build/profile}"
  mkdir -p "$PROFILE"/{cfg,plugins,run,cache} 2>/dev/null && [ -w "$PROFILE/plugins" ] || stop \
    "The folder $PROFILE cannot be written: give the clone to the user who runs this," \
    "or set COODIAG_PROFILE to a folder of your own."
  chmod 700 "$PROFILE/run"
  ln -sfn "$ROOT" "$PROFILE/plugins/coodiag"
  export QGIS_CUSTOM_CONFIG_PATH="$PROFILE/cfg" QGIS_PLUGINPATH="$PROFILE/plugins"
  export XDG_RUNTIME_DIR="$PROFILE/run" COODIAG_CACHE="${COODIAG_CACHE:-$PROFILE/cache}"
  if ! grep -qs '^coodiag=true' "$PROFILE"/cfg/profiles/default/QGIS/QGIS*.ini; then
    qgis_process plugins enable coodiag >"$PROFILE/enable.log" 2>&1 || stop \
      "The plugin could not be enabled in the profile $PROFILE; what QGIS said is in its enable.log."
  fi
}
