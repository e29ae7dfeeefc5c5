#!/bin/sh
# Throws thousands of made-up requests at the real service, on a private PostgreSQL of its own, from what its own document
# says: no answer may be a server error, or other than the document promises. Bounded in requests and in time.
set -eu
target=${CARGO_TARGET_DIR:-target}
home=$(mktemp -d)
service=
stop() {
  [ -z "$service" ] || kill "$service" 2>/dev/null && wait "$service" 2>/dev/null || true
  rm -rf "$home"
}
trap stop EXIT INT TERM

# Root's cluster runs as user postgres, who passes through.
chmod 0711 "$home"
with_settings() {
  exec env -u DATABASE_URL -u DATABASE_OWNER_URL ZENGXIN_DATA_DIR="$home/data" ZENGXIN_LISTEN=127.0.0.1:0 ZENGXIN_LOG=warn \
    "$target/debug/zengxin" "$@"
}
link=$(with_settings init --code fuzz --name 某某融资担保基金 2> "$home/log" | tail -n 1)
with_settings serve > "$home/out" 2> "$home/log" &
service=$!

address=
for _ in $(seq 1 300); do
  address=$(sed -n 's|.*\(http://[0-9.:]*\)/.*|\1|p' "$home/out")
  [ -n "$address" ] && break
  kill -0 "$service" 2>/dev/null || { cat "$home/log" >&2; exit 1; }
  sleep 0.1
done

fuzz() {
  "$target/schemathesis/bin/schemathesis" run "$address/openapi.json" \
    --workers 1 --max-examples "${FUZZ_EXAMPLES:-40}" --seed "${FUZZ_SEED:-20261123}" --no-color --warnings off \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance "$@"
}

# As a stranger.
fuzz

# As an administrator, who does not log out meanwhile.
token=$("$target/schemathesis/bin/python" - "$address" "$link" <<'LOGIN'
import json, sys, urllib.request
address, link = sys.argv[1:]
def post(path, body):
    request = urllib.request.Request(address + path, json.dumps(body).encode(), {"content-type": "application/json"})
    return urllib.request.urlopen(request).read()
password = "violet-Kettle-93-harbour"
post("/v1/passwords", {"link": link, "password": password})
tokens = post("/v1/sessions", {"institution_code": "fuzz", "user": "admin", "password": password})
print(json.loads(tokens)["access_token"])
LOGIN
)
fuzz --header "Authorization: Bearer $token" --exclude-path /v1/sessions/current --exclude-tag calculators

kill -0 "$service" 2>/dev/null || { echo "the service did not survive" >&2; cat "$home/log" >&2; exit 1; }
