#!/bin/sh
# Makes sure of schemathesis, at one version, in a Python environment of its own below target/.
set -eu
. "$(dirname "$0")/install.sh"

version=4.32.5
home=${CARGO_TARGET_DIR:-target}/schemathesis
[ "$(cat "$home/version" 2>/dev/null)" = "$version" ] && exit 0

python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3 python3-venv
rm -rf "$home"
python3 -m venv "$home"
"$home/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
# Written last: an installation that was cut off is made anew.
echo "$version" > "$home/version"
