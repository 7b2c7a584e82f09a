#!/usr/bin/env bash
# Works out the lines of the equity ledger that rest on models a second time, from the files
# of each night, as docs/asset.md has it: the bundled shop by the blend and by each model
# alone, and Online Retail by the blend.
#
#   benchmarks/equitylines.sh ONLINE-RETAIL.csv.gz
#
# EQUITY_PYTHON names a Python that has duckdb and scipy. Unset, one is made in a temporary
# folder.
set -euo pipefail
cd "$(dirname "$0")/.."
retail=$(realpath "$1")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

if [ -z "${EQUITY_PYTHON:-}" ]; then
  EQUITY_PYTHON="$out/venv/bin/python"
  python3 -m venv "$out/venv"
  "$EQUITY_PYTHON" -m pip install --quiet --disable-pip-version-check duckdb scipy >&2
fi

# nights JOB FOLDER DAYS SETTING...: runs a job that has no costs at some days, and works the ledgers out.
nights() {
  local job=$1 folder=$2 days=$3
  shift 3
  for day in $days; do
    bin/clientele run "$job" --quiet --as-of "$day" --out "$out/$folder" --set clv.costs={} \
      --set stages.interests=off --set output.report=false "$@" > /dev/null
  done
  echo "$folder"
  "$EQUITY_PYTHON" benchmarks/equitylines.py "$out/$folder"/*/2*
}

ends="2026-03-31 2026-04-30 2026-05-31 2026-06-30"
nights testdata/shop.yaml blend "$ends"
for model in pareto-nbd bg-nbd mbg-nbd nbd; do
  nights testdata/shop.yaml "$model" "$ends" --set clv.model="$model"
done
nights testdata/online-retail.yaml online-retail "2011-08-31 2011-09-30 2011-10-31" --set sources.0.path="$retail"
