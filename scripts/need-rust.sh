#!/bin/sh
# Makes sure of cargo and a C compiler (ring, the TLS library, compiles some C and assembler).
set -eu
. "$(dirname "$0")/install.sh"

if ! command -v cargo >/dev/null 2>&1; then
  echo "需要 Rust 1.95 或更新版本，安装方法见 https://rustup.rs" >&2
  echo "Rust 1.95 or newer is needed: see https://rustup.rs" >&2
  exit 1
fi
command -v cc >/dev/null 2>&1 || install_packages gcc libc6-dev
