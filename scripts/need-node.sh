#!/bin/sh
# Makes sure of Node.js 20.19 or newer and npm, and that the console's libraries are those of the lock file.
set -eu
. "$(dirname "$0")/install.sh"

has_node() {
  command -v npm >/dev/null 2>&1 &&
    node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

has_node || install_packages nodejs npm
if ! has_node; then
  echo "网页控制台需要 Node.js 20.19 或更新版本，安装方法见 https://nodejs.org" >&2
  echo "The web console needs Node.js 20.19 or newer: see https://nodejs.org" >&2
  exit 1
fi

cd "$(dirname "$0")/../web"
# A copy of the lock file beside what it installed: the same words, nothing to do.
if ! cmp -s package-lock.json node_modules/.zengxin-lock.json; then
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.zengxin-lock.json
fi
