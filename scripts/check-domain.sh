#!/bin/sh
# The domain stays pure: no runtime, web or database crate may reach it, directly or through another.
set -eu
tree=$(cargo tree --package zengxin-domain --edges normal --prefix none --format '{p}' --locked | cut -d' ' -f1 | sort -u)
found=$(printf '%s\n' "$tree" | grep -E '^(tokio|async-std|smol|futures.*|axum|hyper|http|tower.*|reqwest|sqlx.*|sea-orm.*|sea-query.*|postgres.*|diesel|mio|nix|libc|rand|getrandom)$' || true)
if [ -n "$found" ]; then
  printf 'domain/ 依赖了不应有的库 depends on what it must not: %s\n' "$found" >&2
  exit 1
fi
