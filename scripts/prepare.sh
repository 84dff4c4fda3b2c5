#!/bin/sh
# Finds out what the computer lacks for UNNM Desktop on Debian 12+ or Ubuntu 24.04+: installs it when root, else names it in one line.
set -eu

say() { printf '%s\n' "$*" >&2; }

python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Python 3.11 or newer is needed. Install it, or name it: make PYTHON=/path/to/python3.12 …"
    exit 1
fi

missing=""
"$python" -c 'import venv, ensurepip' 2>/dev/null || missing="$missing python3-venv"

# What Qt's wheels load from the system, and what the tests read PDF pages and the Unicode tables with.
if command -v dpkg-query >/dev/null 2>&1; then
    for package in libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0 \
        libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 \
        libxcb-xinerama0 libxcb-xkb1 poppler-utils unicode-data; do
        dpkg-query -W -f='${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q '^install ok installed' ||
            missing="$missing $package"
    done
fi

[ -n "$missing" ] || exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "Installing:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086 # the list is words on purpose
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    say "Some system packages are missing. Install them, then run the same command again:"
    say "    sudo apt install$missing"
    exit 1
fi
