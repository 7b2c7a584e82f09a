"""Prints, by shop, how often the month in which a cohort paid back lay within the 90%
interval that earlier nights gave: forecasts for months by channel that had not paid back."""

import csv
import sys
from collections import defaultdict
from pathlib import Path

LATER = "9999-12"  # beyond what is seen


def cohorts(folder):
    with open(folder / "cohorts.csv", encoding="utf-8") as f:
        return {(r["month"], r["channel"]): r for r in csv.DictReader(f) if r["kind"] == "cohort"}


def number(month):
    return 12 * int(month[:4]) + int(month[5:])


def fits(row, paid, last):
    """Whether what came of it lies within the interval; paid None: not by the last month."""
    low, high = row["payback_low"] or LATER, row["payback_high"] or LATER
    return low <= paid <= high if paid else high > last


found = defaultdict(lambda: defaultdict(float))
for job in sorted(Path(sys.argv[1]).glob("*/")):
    nights = sorted(n for n in job.iterdir() if (n / "_SUCCESS").exists() and not n.is_symlink())
    if len(nights) < 2:
        continue
    last, end = nights[-1].name[:7], cohorts(nights[-1])
    shop = found["simulated" if job.name.startswith("simulated") else job.name]
    for night in nights[:-1]:
        for cohort, row in cohorts(night).items():
            if row["payback"] not in ("forecast", "never") or int(row["customers"]) < 10 or cohort not in end:
                continue
            then = end[cohort]
            paid = then["payback_month"] if then["payback"] == "seen" else None
            said = row["payback_month"] or LATER
            shop["forecasts"] += 1
            shop["within"] += fits(row, paid, last)
            shop["paid"] += paid is not None
            shop["too early"] += not paid and said <= last or bool(paid) and said < paid
            if paid and said != LATER:
                shop["both"] += 1
                shop["off"] += abs(number(paid) - number(said))
                shop["one month"] += abs(number(paid) - number(said)) <= 1
            if paid and row["payback_low"] and row["payback_high"]:
                shop["bounded"] += 1
                shop["width"] += number(row["payback_high"]) - number(row["payback_low"])

print("| shop | forecasts | paid back by the end | within the 90% interval | said too early | off by, months | within a month | interval, months |")
print("|---" + "|---:" * 7 + "|")
for name, s in found.items():
    share = lambda of, among: f"{100 * s[of] / s[among]:.0f}%" if s[among] else ""
    mean = lambda of, among: f"{s[of] / s[among]:.1f}" if s[among] else ""
    print(f"| {name} | {s['forecasts']:.0f} | {s['paid']:.0f} | {share('within', 'forecasts')} | {share('too early', 'forecasts')} | "
          f"{mean('off', 'both')} | {share('one month', 'both')} | {mean('width', 'bounded')} |")
