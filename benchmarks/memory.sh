#!/usr/bin/env bash
# Runs nights within cgroups of so much memory, and prints a table of what became of them, as
# docs/memory.md has it. Every stage is on, and so is the backtest of the first night.
#
#   benchmarks/memory.sh CUSTOMERS LIMIT_MB...
#
# It takes cgroups of version 1 and a user who may make them. A kill by the kernel would show
# as status 137. Exports stay in $WORK for the next time; PROGRAM is another program to run.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${PROGRAM:-$PWD/bin/clientele}
work=${WORK:-${TMPDIR:-/tmp}/clientele-memory}
customers=$1
shift
mkdir -p "$work"
own=/sys/fs/cgroup/memory$(sed -n 's/.*:memory://p' /proc/self/cgroup)
group=$own/clientele-memory-$$
trap 'rmdir "$group" 2> /dev/null || true' EXIT

export=$work/export-$customers.csv
if [ ! -f "$export" ]; then
  "$program" simulate --seed 7 --customers "$customers" --start 2024-07-01 --end 2026-06-30 \
    --params r=0.8,alpha=30,s=0.7,beta=260 --format csv --out "$export.part"
  mv "$export.part" "$export"
fi
cat > "$work/job.yaml" <<YAML
name: memory
as_of: 2026-07-01
sources:
  - path: $export
    columns: {customer: customer_id, order: order_id, time: time, amount: amount, channel: channel, region: region}
tiers:
  levels:
    - {name: silver, qualify: {spend: 500}}
    - {name: gold, qualify: {spend: 2000}}
YAML
rows=$(($(wc -l < "$export") - 1))
for limit in "$@"; do
  mkdir "$group"
  echo $((limit * 1000000)) > "$group/memory.limit_in_bytes"
  status=0
  (
    echo "$BASHPID" > "$group/cgroup.procs"
    exec "$program" run "$work/job.yaml" --fresh --quiet --out "$work/out" > /dev/null 2> "$work/said"
  ) || status=$?
  kills=$(sed -n 's/^oom_kill //p' "$group/memory.oom_control")
  rmdir "$group"
  echo "| $rows | $customers | $limit MB | $status | $kills | $(tail -n 1 "$work/said") |"
done
