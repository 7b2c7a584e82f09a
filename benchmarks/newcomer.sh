#!/usr/bin/env bash
# The way of somebody new, from a clean clone to a list: clone, build, a file that
# nobody described, init, run. Prints how long each step took; fails where one does.
set -euo pipefail

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
from=$(git rev-parse --show-toplevel)

step() {
	local before after
	before=$(date +%s.%N)
	"${@:2}" >"$place/log" 2>&1 || { cat "$place/log"; exit 1; }
	after=$(date +%s.%N)
	printf '%-8s %6.1f s\n' "$1" "$(echo "$after - $before" | bc)"
}

step clone git clone --quiet --depth 1 "file://$from" "$place/clientele"
cd "$place/clientele"
step build make build
# Another shop than those of the tests: another seed of each run.
seed=${SEED:-$(date +%j%H%M)}
kind=${KIND:-totals-repeated}
step export bin/clientele simulate --export "$kind" --customers 2000 --seed "$seed" -o "$place/shop" --truth "$place/truth.csv"
cd "$place"
step init clientele/bin/clientele init shop/*
step run clientele/bin/clientele run job.yaml --quiet
echo
head -n 4 out/*/latest/customers.csv | cut -c 1-100
