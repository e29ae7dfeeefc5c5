# make run     build, start a private PostgreSQL, serve on http://127.0.0.1:8080
# make test    every test, on a throwaway PostgreSQL of its own
# make check   format, lints, documentation
# make web     the web console alone, into web/dist
# make screenshots   every page of the console as a picture, into web/screenshots
# make bench   the measured claims
#
# Each first makes sure of what it needs (scripts/need-*.sh): installs it where it may, else says the exact command.

SHELL := /bin/sh
CARGO ?= cargo
# Where rustup puts cargo, for shells that have not read its settings.
export PATH := $(PATH):$(HOME)/.cargo/bin

.PHONY: run test check bench golden web screenshots

run:
	@scripts/need-rust.sh
	@[ -n "$$DATABASE_URL" ] || scripts/need-postgres.sh
	@$(MAKE) --no-print-directory web
	$(CARGO) build --release --locked --bin zengxin
	exec target/release/zengxin serve --demo

test:
	@scripts/need-rust.sh
	@scripts/need-postgres.sh
	@scripts/need-chromium.sh
	@$(MAKE) --no-print-directory web
	$(CARGO) test --workspace --locked
	@scripts/need-schemathesis.sh
	$(CARGO) build --locked --bin zengxin
	scripts/fuzz-api.sh
	cd web && npm test && npm run browser

check:
	@scripts/need-rust.sh
	@scripts/need-node.sh
	scripts/check-domain.sh
	cd web && npm run check
	$(CARGO) fmt --all -- --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked

# The lock file says which libraries; the service embeds what is built.
web:
	@scripts/need-node.sh
	cd web && npm run build

# Look at each with your own eyes.
screenshots: web
	@scripts/need-rust.sh
	@scripts/need-postgres.sh
	@scripts/need-chromium.sh
	$(CARGO) build --locked --bin zengxin
	cd web && npm run screenshots

bench:
	@scripts/need-rust.sh
	@scripts/need-postgres.sh
	$(CARGO) bench --workspace --locked --benches

# Renews tests/golden after a wanted change; read the difference before you commit it.
golden:
	UPDATE_GOLDEN=1 $(CARGO) test --locked --test integration golden
	@scripts/need-node.sh
	cd web && npm run types
