#!/usr/bin/env bash
# Runs a job at twelve month ends and prints how segments, tiers and stages moved
# from each to the next, as docs/history.md has it.
#
#   benchmarks/monthends.sh EXPORT    # the UCI Online Retail export, .csv.gz
set -euo pipefail
cd "$(dirname "$0")/.."
export=$(realpath "$1")
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
nights=(2010-12-31 2011-01-31 2011-02-28 2011-03-31 2011-04-30 2011-05-31
  2011-06-30 2011-07-31 2011-08-31 2011-09-30 2011-10-31 2011-11-30)
for night in "${nights[@]}"; do
  bin/clientele run testdata/online-retail.yaml --quiet --as-of "$night" --out "$out" \
    --set sources.0.path="$export" --set stages.interests=off \
    --set tiers.window="6 months" --set tiers.term="3 months" > /dev/null
done
for i in $(seq 1 $((${#nights[@]} - 1))); do
  bin/clientele diff "$out/online-retail/${nights[i - 1]}" "$out/online-retail/${nights[i]}" --json > "$out/${nights[i]}.json"
done
python3 benchmarks/monthends.py "$out" "${nights[@]}"
