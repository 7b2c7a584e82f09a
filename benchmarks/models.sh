#!/bin/sh
# Times the lifetime models beside the Python package lifetimes; see README.md.
# Arguments go to the benchmark: --customers N,M, --rounds R, --models A,B,
# --peer-limit N, --stream N,M, --dir DIR.
#
# LIFETIMES_PYTHON names a Python that has lifetimes. Unset, one is made in a
# temporary folder; empty, the models run without a peer.
set -eu
cd "$(dirname "$0")/.."

. ./benchmarks/lifetimes.sh
go build -o bin/models ./benchmarks/models
exec bin/models "$@"
