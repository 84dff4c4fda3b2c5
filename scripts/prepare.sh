#!/bin/sh
# Finds out what the computer lacks for UNNM Desktop on Debian 12+ or Ubuntu 24.04+: installs it when root, else names it in one line.
set -eu

say() { printf '%s\n' "$*" >&2; }

python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Python 3.11 or newer is needed. Install it, or name it: make PYTHON=/path/to/python3.12 …"
    exit 1
fi

# What Qt's wheels load from the system for X11 and for Wayland; what the tests read PDF pages and the Unicode tables with.
needed="libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libwayland-cursor0 libwayland-egl1 libx11-xcb1
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
    libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0 poppler-utils unicode-data"

# Newer releases say libglib2.0-0t64 for libglib2.0-0, and so on: either name will do.
installed() { dpkg-query -W -f='${Status}\n' "$1" "${1}t64" 2>/dev/null | grep -q '^install ok installed'; }

missing=""
"$python" -c 'import venv, ensurepip' 2>/dev/null || missing="$(basename "$python")-venv"
if command -v dpkg-query >/dev/null 2>&1; then
    for package in $needed; do
        installed "$package" || missing="$missing $package"
    done
fi
[ -n "$missing" ] || exit 0

# The names this release gives them, as far as its package lists are at hand.
names() {
    for package in $missing; do
        if apt-cache show "${package}t64" >/dev/null 2>&1; then printf ' %st64' "$package"; else printf ' %s' "$package"; fi
    done
}

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq || say "The package lists could not be brought up to date; trying with those at hand."
    say "Installing:$(names)"
    # shellcheck disable=SC2046 # the list is words on purpose
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(names) >/dev/null && exit 0
    say "They could not be installed. What apt says stands above; the command was:"
    say "    apt install$(names)"
else
    say "Some system packages are missing. Install them, then run the same command again:"
    say "    sudo apt install$(names)"
fi
exit 1
