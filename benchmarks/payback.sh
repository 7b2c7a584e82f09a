#!/usr/bin/env bash
# Holds forecasts of payback (cohorts.csv) against what was seen later, as docs/asset.md has
# it: a shop is run at earlier days and at the end of its exports. Its customers are drawn by
# id into four channels, each with another cost, so that a night has cohorts that pay back
# soon and late.
#
#   benchmarks/payback.sh ONLINE-RETAIL.csv.gz CDNOW.csv [SEEDS]
set -euo pipefail
cd "$(dirname "$0")/.."
retail=$(realpath "$1") cdnow=$(realpath "$2") seeds=${3:-5}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# nights JOB COSTS DAY...: runs the job at each day, the last of which is the end.
nights() {
  local job=$1 costs=$2
  shift 2
  for day in "$@"; do
    bin/clientele run "$job" --quiet --fresh --as-of "$day" --out "$out/nights" --set clv.costs.acquisition="{channels: {$costs}, default: 0}" \
      --set output.report=false --set output.purchases=false --set output.formats='[parquet]' \
      --set stages=off --set tiers=off --set rfm=off --set pyramid=off > /dev/null
  done
}

cat > "$out/online-retail.yaml" <<YAML
name: online-retail
sources:
  - path: $retail
    columns: {customer: CAST(CustomerID AS BIGINT), order: InvoiceNo, time: InvoiceDate, amount: Quantity * UnitPrice, channel: "'c' || CAST(CustomerID AS BIGINT) % 4"}
    returns: InvoiceNo LIKE 'C%'
clv: {horizon: 12 months}
YAML
nights "$out/online-retail.yaml" "c0: 300, c1: 500, c2: 800, c3: 1200" 2011-04-30 2011-05-31 2011-06-30 2011-07-31 2011-08-31 2011-09-30 2011-12-09

cat > "$out/cdnow.yaml" <<YAML
name: cdnow
sources:
  - path: $cdnow
    columns: {customer: customer_id, time: date, amount: dollar_value, channel: "'c' || CAST(customer_id AS BIGINT) % 4"}
clv: {horizon: 24 months}
YAML
nights "$out/cdnow.yaml" "c0: 40, c1: 50, c2: 60, c3: 80" 1997-05-31 1997-07-31 1997-09-30 1997-12-31 1998-06-30

for seed in $(seq 1 "$seeds"); do
  bin/clientele simulate --customers 3000 --seed "$seed" --start 2022-01-01 --end 2024-12-31 --acquisition-days 900 -o "$out/simulated-$seed.csv" > /dev/null
  cat > "$out/simulated-$seed.yaml" <<YAML
name: simulated-$seed
sources:
  - path: simulated-$seed.csv
    columns: {customer: customer_id, order: order_id, time: time, amount: amount, channel: "'c' || CAST(substr(customer_id, 2) AS BIGINT) % 4"}
    returns: order_id LIKE 'C%'
clv: {horizon: 24 months, margin: 0.4}
YAML
  nights "$out/simulated-$seed.yaml" "c0: 60, c1: 100, c2: 160, c3: 240" 2023-03-31 2023-06-30 2023-10-31 2024-12-31
done
python3 benchmarks/payback.py "$out/nights"
