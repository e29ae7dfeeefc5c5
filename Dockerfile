# The service alone; its database is another container (docker-compose.yml).

FROM node:22-bookworm-slim AS web
WORKDIR /zengxin
COPY tests/golden/openapi.json tests/golden/openapi.json
COPY web web
RUN cd web && npm ci --no-audit --no-fund && npm run build

FROM rust:1.95-bookworm AS build
WORKDIR /zengxin
COPY . .
COPY --from=web /zengxin/web/dist web/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/zengxin/target \
    cargo build --release --locked --bin zengxin && cp target/release/zengxin /usr/local/bin/zengxin

FROM debian:bookworm-slim
COPY --from=build /usr/local/bin/zengxin /usr/local/bin/zengxin
USER 65534:65534
# Inside a container loopback is the container's own.
ENV ZENGXIN_LISTEN=0.0.0.0:8080
EXPOSE 8080
ENTRYPOINT ["zengxin"]
CMD ["serve"]
