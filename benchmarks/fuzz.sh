#!/bin/sh
# Runs every fuzz target of the module for DURATION (default 30s), one after
# the other: `go test -fuzz` takes one target at a time.
set -eu
duration=${1:-30s}
cd "$(dirname "$0")/.."
tags="-tags duckdb_arrow"

failed=0
for package in $(go list $tags ./...); do
	# A list of its own: in the loop's head a failure would go unnoticed.
	targets=$(go test $tags -run '^$' -list '^Fuzz' "$package") || exit 1
	for target in $(printf '%s\n' "$targets" | grep '^Fuzz' || true); do
		echo "== $package $target, $duration"
		go test $tags -run '^$' -fuzz "^$target\$" -fuzztime "$duration" "$package" || failed=1
	done
done
exit $failed
