#!/bin/sh
# Takes pictures of the page of a night, to be looked at: on a phone, at a desk and on paper,
# in light and in dark, in both languages. Of the bundled shop unless others are named:
#
#   uci       UCI Online Retail; say where it is with RETAIL=FILE
#   million   a million simulated customers (some minutes)
#
# The pictures come to out/screenshots. It needs Chromium (Debian: chromium fonts-noto-cjk fonts-liberation).
set -eu
cd "$(dirname "$0")/.."
bin=$PWD/bin/clientele
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# nights JOB NAME FIRST SECOND [--set ...]: two nights in each language, and the pages of the second.
nights() {
  job=$1 name=$2 first=$3 second=$4
  shift 4
  for language in en zh; do
    for day in "$first" "$second"; do
      "$bin" run "$job" --quiet --as-of "$day" --out "$work/$language" --set output.language=$language "$@" >/dev/null
    done
    "$bin" report "$work/$language/$name/$second" -o "$work/$name-$language.html"
  done
}

for shop in ${*:-shop}; do
  case $shop in
  shop) nights testdata/shop.yaml shop 2026-05-31 2026-06-30 ;;
  uci) nights testdata/online-retail.yaml online-retail 2011-11-09 2011-12-10 --set "sources.0.path=${RETAIL:?say where UCI Online Retail is: RETAIL=FILE}" ;;
  million)
    "$bin" simulate --customers 1000000 --seed 7 -o "$work/million.parquet"
    nights testdata/shop.yaml million 2026-05-31 2026-06-30 --set name=million --set "sources.0.path=$work/million.parquet"
    ;;
  *)
    echo "screenshots: no shop $shop; there are shop, uci and million" >&2
    exit 2
    ;;
  esac
done
# What a test can see is not left to the eye: layout, size and, after make axe, accessibility.
PAGES=$(printf '%s:' "$work"/*.html) go test -tags duckdb_arrow -count 1 -run 'TestPage(OpensOffline|IsSmall|IsAccessible)' ./analytics/report
go run -tags duckdb_arrow ./benchmarks/screenshots -o out/screenshots "$work"/*.html
