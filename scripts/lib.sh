# Shared by the scripts: find or install what is missing, and run QGIS in a profile of its own.
# Sourced, never run.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
SYSTEM_PACKAGES="qgis python3-qgis qgis-providers python3-pandas python3-scipy python3-matplotlib python3-jinja2 python3-requests python3-venv poppler-utils"

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The Python that can import qgis: the system's, or the one named by COODIAG_PYTHON.
find_python() {
  local candidate
  for candidate in "${COODIAG_PYTHON:-}" /usr/bin/python3 python3; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys
from qgis.core import Qgis
sys.exit(Qgis.QGIS_VERSION_INT < 33400)' >/dev/null 2>&1; then
      PYTHON="$candidate"
      return 0
    fi
  done
  return 1
}

has_packages() {
  "$PYTHON" -c 'import pandas, scipy, requests, jinja2' >/dev/null 2>&1 &&
    command -v qgis_process >/dev/null && command -v pdftotext >/dev/null
}

# Debian 12 carries QGIS 3.22; 3.40 comes from its backports.
install_system() {
  . /etc/os-release
  if [ "${ID:-}" != debian ] && [ "${ID_LIKE:-}" != debian ]; then
    echo "QGIS 3.34 or later with Python, pandas, scipy and requests is needed." >&2
    echo "Install QGIS for your system (https://qgis.org), then run this again," >&2
    echo "with COODIAG_PYTHON set to the Python of QGIS when it is not /usr/bin/python3." >&2
    exit 1
  fi
  echo "To be installed from Debian (about 2 minutes, 1.5 GB): $SYSTEM_PACKAGES"
  local suite=()
  if [ "${VERSION_CODENAME:-}" = bookworm ]; then
    if ! grep -rqs bookworm-backports /etc/apt/sources.list /etc/apt/sources.list.d; then
      local mirror
      mirror="$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -1 | tr -d ' ')"
      echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} bookworm-backports main" |
        as_root tee /etc/apt/sources.list.d/coodiag-backports.list >/dev/null
    fi
    suite=(-t bookworm-backports)
  fi
  as_root apt-get update -qq
  # shellcheck disable=SC2086 # a list of packages
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${suite[@]}" $SYSTEM_PACKAGES >/dev/null
}

ensure_qgis() {
  if find_python && has_packages; then return; fi
  install_system
  find_python && has_packages || {
    echo "QGIS 3.34 or later could not be found after the installation." >&2
    exit 1
  }
}

# A virtual environment that sees the system's QGIS, for the test tools only.
ensure_venv() {
  VENV="$ROOT/.venv"
  if [ ! -x "$VENV/bin/pytest" ] || [ "$ROOT/pyproject.toml" -nt "$VENV/.ready" ]; then
    echo "Test tools go into .venv: pytest, pytest-qgis, hypothesis, ruff, mypy."
    "$PYTHON" -m venv --system-site-packages "$VENV"
    "$VENV/bin/pip" install --quiet --disable-pip-version-check \
      "pytest>=8" "pytest-qgis>=5" "hypothesis>=6" "ruff==0.14.*" "mypy>=1.13"
    touch "$VENV/.ready"
  fi
}

# A QGIS profile of its own in build/profile, with the plugin linked and enabled.
hermetic_profile() {
  PROFILE="${COODIAG_PROFILE:-$ROOT/build/profile}"
  mkdir -p "$PROFILE/cfg" "$PROFILE/plugins" "$PROFILE/run" "$PROFILE/cache"
  chmod 700 "$PROFILE/run"
  ln -sfn "$ROOT" "$PROFILE/plugins/coodiag"
  export QGIS_CUSTOM_CONFIG_PATH="$PROFILE/cfg" QGIS_PLUGINPATH="$PROFILE/plugins"
  # The Python inside QGIS looks for its library beside the first python3 of the PATH.
  PATH="$(dirname "$(command -v "$PYTHON")"):$PATH"
  unset PYTHONHOME PYTHONPATH
  export PATH XDG_RUNTIME_DIR="$PROFILE/run" COODIAG_CACHE="${COODIAG_CACHE:-$PROFILE/cache}"
  if [ ! -e "$PROFILE/.enabled" ]; then
    qgis_process plugins enable coodiag >/dev/null 2>&1 || {
      echo "The plugin could not be enabled in the profile $PROFILE." >&2
      exit 1
    }
    touch "$PROFILE/.enabled"
  fi
}
