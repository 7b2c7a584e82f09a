#!/bin/sh
# Times how each kind of export is read, beside a plain CSV of as many rows; see README.md.
# Arguments go to the benchmark: --customers N, --rounds R, --kinds shopify,olist, --dir DIR.
set -eu
cd "$(dirname "$0")/.."
go build -tags duckdb_arrow -o bin/clientele ./cmd/clientele
go build -tags duckdb_arrow -o bin/exportkinds ./benchmarks/exportkinds
exec bin/exportkinds "$@"
