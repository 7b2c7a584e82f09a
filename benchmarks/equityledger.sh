#!/usr/bin/env bash
# Runs a job at twelve month ends and prints the ledger of customer equity between them as
# a table, as docs/asset.md has it.
#
#   benchmarks/equityledger.sh EXPORT    # the UCI Online Retail export, .csv.gz
set -euo pipefail
cd "$(dirname "$0")/.."
export=$(realpath "$1")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for night in 2010-12-31 2011-01-31 2011-02-28 2011-03-31 2011-04-30 2011-05-31 \
  2011-06-30 2011-07-31 2011-08-31 2011-09-30 2011-10-31 2011-11-30; do
  bin/clientele run testdata/online-retail.yaml --quiet --as-of "$night" --out "$out" \
    --set sources.0.path="$export" --set stages.interests=off --set output.report=false > /dev/null
done
python3 benchmarks/equityledger.py "$out"/online-retail/2*
