"""Prints the total of equity_ledger.csv of some nights: a column for each, in thousands."""
import csv
import os
import sys
from decimal import Decimal

nights = [os.path.basename(path) for path in sys.argv[1:]]
lines = {}
for path in sys.argv[1:]:
    with open(os.path.join(path, "equity_ledger.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "total":
                lines.setdefault(row["line"], []).append(Decimal(row["amount"]))

print("| | " + " | ".join(night[2:7] for night in nights) + " | sum |")
print("|---|" + "---:|" * (len(nights) + 1))
for line, amounts in lines.items():
    if not any(amounts):
        continue
    total = {"opening": amounts[0], "closing": amounts[-1]}.get(line, sum(amounts))
    cells = [f"{amount / 1000:,.1f}" if amount else "" for amount in [*amounts, total]]
    print(f"| `{line}` | " + " | ".join(cells) + " |")
