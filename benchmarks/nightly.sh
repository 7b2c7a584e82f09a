#!/bin/sh
# Times a night of ten million rows beside DuckDB alone; see README.md.
# Arguments go to the benchmark: --customers N, --rounds R, --format csv,parquet, --dir DIR.
set -eu
cd "$(dirname "$0")/.."
go build -tags duckdb_arrow -o bin/nightly ./benchmarks/nightly
exec bin/nightly "$@"
