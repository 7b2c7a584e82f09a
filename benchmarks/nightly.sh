#!/bin/sh
# Times a night of ten million rows beside DuckDB alone, and one of a million rows beside pandas
# and lifetimes; see README.md.
# Arguments go to the benchmark: --customers N, --rounds R, --format csv,parquet, --dir DIR.
#
# LIFETIMES_PYTHON names a Python that has pandas and lifetimes. Unset, one is made in a
# temporary folder; empty, the night runs without that rival.
set -eu
cd "$(dirname "$0")/.."
if [ "${1-}" != compare ]; then
	. ./benchmarks/lifetimes.sh
fi
go build -tags duckdb_arrow -o bin/nightly ./benchmarks/nightly
exec bin/nightly "$@"
