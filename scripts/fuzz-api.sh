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

# One who may, of each kind: the administrator and an officer and an approver of a guarantee institution, three lines of tokens.
tokens=$("$target/schemathesis/bin/python" - "$address" "$link" <<'WORLD'
import json, sys, urllib.request, uuid
address, link = sys.argv[1:]
password = "violet-Kettle-93-harbour"
def ask(method, path, body=None, token=None):
    headers = {"content-type": "application/json"} if body is not None else {}
    if token:
        headers["authorization"] = "Bearer " + token
    body = None if body is None else json.dumps(body).encode()
    answer = urllib.request.urlopen(urllib.request.Request(address + path, body, headers, method=method)).read()
    return json.loads(answer) if answer else None
def settle(link, code, user):
    ask("POST", "/v1/passwords", {"link": link, "password": password})
    tokens = ask("POST", "/v1/sessions", {"institution_code": code, "user": user, "password": password})
    return tokens["access_token"]
def onboard(upper, code, kind):
    path = f"/v1/institutions/{uuid.uuid4()}"
    ask("PUT", path, {"code": code, "name": "某某" + code, "kind": kind, "region_code": "330100"}, upper)
    made = ask("PUT", f"{path}/administrators/{uuid.uuid4()}", {"name": "admin", "display_name": "某甲"}, upper)
    return settle(made["link"], code, "admin")
def hire(admin, code, role):
    path = f"/v1/users/{uuid.uuid4()}"
    ask("PUT", path, {"name": role, "display_name": "某乙", "role": role}, admin)
    return settle(ask("PUT", f"{path}/links/{uuid.uuid4()}", token=admin)["link"], code, role)
fund = settle(link, "fuzz", "admin")
city = onboard(onboard(fund, "province", "provincial_reguarantor"), "city", "guarantee_institution")
print(fund, hire(city, "city", "officer"), hire(city, "city", "approver"), sep="\n")
WORLD
)

# Fuzzing has so many seconds: four times that, and what must be asked besides, stays within the budget of two minutes.
fuzz() {
  "$target/schemathesis/bin/schemathesis" run "$address/openapi.json" --max-time "${FUZZ_SECONDS:-26}" \
    --workers 1 --max-examples "${FUZZ_EXAMPLES:-40}" --seed "${FUZZ_SEED:-20261123}" --no-color --warnings off \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance "$@"
}

# As a stranger; then as each of the three, who does not log out meanwhile.
fuzz
for token in $tokens; do
  fuzz --header "Authorization: Bearer $token" --exclude-path /v1/sessions/current --exclude-tag calculators
done

kill -0 "$service" 2>/dev/null || { echo "the service did not survive" >&2; cat "$home/log" >&2; exit 1; }
