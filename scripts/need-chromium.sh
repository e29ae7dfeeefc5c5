#!/bin/sh
# Makes sure of Chromium and of fonts with Chinese characters, for the browser tests.
set -eu
. "$(dirname "$0")/install.sh"

missing=
command -v "${CHROMIUM:-chromium}" >/dev/null 2>&1 || missing=chromium
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || missing="$missing fonts-noto-cjk"
# shellcheck disable=SC2086 # one word for each package
[ -z "$missing" ] || install_packages $missing
