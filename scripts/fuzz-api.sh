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
tokens=$("$target/schemathesis/bin/python" - "$address" "$link" "$home/known" <<'WORLD'
import json, sys, urllib.request, uuid
address, link, known = sys.argv[1:]
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
officer, approver = (hire(city, "city", role) for role in ("officer", "approver"))
bank, party, agreement, terms, contract, group = (str(uuid.uuid4()) for _ in range(6))
ask("PUT", f"/v1/banks/{bank}", {"code": "FUZZ", "name": "某银行", "from": "2020-01-01"}, fund)
made = {"number": "协-1", "name": "某协议", "bank_id": bank, "product_ids": [], "from": "2020-01-01"}
ask("PUT", f"/v1/agreements/{agreement}", made, approver)
shares = {"bank": "0.2", "institution": "0.8", "provincial": "0", "national": "0"}
made = {"shares": shares, "provincial_fee_rate": "0", "national_fee_rate": "0", "early_release": "none", "from": "2020-01-01"}
ask("PUT", f"/v1/agreements/{agreement}/terms/{terms}", made, approver)
made = {"name": "某农户", "kind": "natural_person", "region_code": "330100", "industry_code": "01"}
ask("PUT", f"/v1/parties/{party}", made, officer)
ask("PUT", f"/v1/party-groups/{group}", {"name": "某系"}, officer)
made = {"kind": "farmer", "source": "村委会证明", "from": "2020-01-01"}
ask("PUT", f"/v1/parties/{party}/flags/{uuid.uuid4()}", made, officer)
made = {"number": "保-1", "party_id": party, "agreement_id": agreement, "kind": "loan", "bank_id": bank, "principal": "10000.00",
    "loan_rate": "0.04", "credit_line": "10000.00", "operating_loan": True, "existing_loan": "none", "purpose": "working_capital",
    "amount": "10000.00", "fee": "100.00", "signed_on": "2026-03-01", "start": "2026-03-01", "end": "2027-03-01"}
ask("PUT", f"/v1/contracts/{contract}", made, officer)
ask("PUT", f"/v1/contracts/{contract}/submissions/{uuid.uuid4()}", token=officer)
file, mapping, trial = (str(uuid.uuid4()) for _ in range(3))
ledger = "no,name,amount\n甲-1,某某公司,1000\n甲-2,,\n".encode()
headers = {"authorization": "Bearer " + officer, "content-type": "text/csv"}
urllib.request.urlopen(urllib.request.Request(f"{address}/v1/import-files/{file}?name=ledger.csv", ledger, headers, method="PUT")).read()
made = {"as_of": "2023-12-31", "contract": {"number": {"column": "no"}, "amount": {"column": "amount"}, "start": {"constant": "2023-01-01"}, "months": {"constant": "12"}},
    "client": {"name": {"column": "name"}, "legal_form": {"constant": "enterprise"}, "region": {"constant": "330100"}, "industry": {"constant": "13"},
        "kind": {"constant": "small_micro_enterprise"}, "identifier": {"scheme": "other", "columns": ["name", "no"]}},
    "shares": {"institution": {"constant": "1"}}}
ask("PUT", f"/v1/import-mappings/{mapping}", {"name": "某映射", "mapping": made}, officer)
ask("PUT", f"/v1/imports/{trial}", {"file_id": file, "mapping_id": mapping}, officer)
ids = {"import-files": file, "import-mappings": mapping, "imports": trial, "file_id": file, "mapping_id": mapping, "banks": bank, "parties": party, "agreements": agreement, "contracts": contract, "party-groups": group,
    "party_id": party, "agreement_id": agreement, "bank_id": bank, "group_id": group}
json.dump(ids, open(known, "w"))
print(fund, officer, approver, sep="\n")
WORLD
)

# Fuzzing has so many seconds: four times that, and what must be asked besides, stays within the budget of two minutes.
fuzz() {
  SCHEMATHESIS_HOOKS=scripts/fuzz_hooks.py FUZZ_KNOWN="$home/known" "$target/schemathesis/bin/schemathesis" run "$address/openapi.json" --max-time "${FUZZ_SECONDS:-20}" \
    --workers 1 --max-examples "${FUZZ_EXAMPLES:-40}" --seed "${FUZZ_SEED:-20261123}" --no-color --warnings off \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance "$@"
}

# As a stranger; then as each of the three, who does not log out meanwhile.
fuzz
for token in $tokens; do
  fuzz --header "Authorization: Bearer $token" --exclude-path /v1/sessions/current --exclude-tag calculators
done

kill -0 "$service" 2>/dev/null || { echo "the service did not survive" >&2; cat "$home/log" >&2; exit 1; }
