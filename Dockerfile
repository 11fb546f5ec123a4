# docmill in an image of its own: a static program and the shipped model inside it, nothing else.
#
#   docker build -t docmill .
#   docker run --rm -v "$PWD/seeds:/in:ro" -v "$PWD:/out" docmill run /in -o /out/out.jsonl

FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /docmill
COPY . .
RUN cargo build --release --locked -p docmill-cli && mkdir -p /empty/cache && chmod 777 /empty/cache

FROM scratch
COPY --from=build /docmill/target/release/docmill /docmill
COPY --from=build /docmill/LICENSE-MIT /docmill/LICENSE-APACHE /docmill/models/news-en/MODEL.md /licences/
# Where the model is unpacked; an engine opens files.
COPY --from=build /empty/cache /cache
ENV XDG_CACHE_HOME=/cache
USER 65534:65534
ENTRYPOINT ["/docmill"]
CMD ["--help"]
