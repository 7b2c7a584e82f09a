"""Prints the migration between nights from `clientele diff --json`: one line a
month, then each matrix summed over all months, and the causes."""

import json
import sys
from collections import Counter

out, nights = sys.argv[1], sys.argv[2:]
TITLES = {"rfm": "segment", "tier": "tier", "stage": "stage"}
OPS = ["enter", "upgrade", "renew", "grace", "downgrade", "leave"]


def read(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|---" + "|---:" * (len(header) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(f"{v:,}" if isinstance(v, int) else v for v in row) + " |")
    print()


months, matrices, labels, order = [], {k: Counter() for k in TITLES}, {}, {}
for night in nights[1:]:
    d = read(f"{out}/{night}.json")
    tiers = read(f"{out}/online-retail/{night}/run.json")["tiers"]["changes"]
    moved = {}
    for kind in d["kinds"]:
        name = kind["kind"]
        order[name] = [g["name"] for g in kind["groups"]]
        labels.update({(name, g["name"]): g["label"] or "(none)" for g in kind["groups"]})
        moved[name] = 0
        for cell in kind["migration"]:
            matrices[name][cell["from"], cell["to"]] += cell["customers"]
            if cell["from"] is not None and cell["to"] is not None and cell["from"] != cell["to"]:
                moved[name] += cell["customers"]
    months.append([night, d["customers"]["new"], d["entered"]["customers"], moved["rfm"], moved["stage"]]
                  + [tiers.get(op, 0) for op in OPS])

table(["month end", "customers", "entered", "other segment", "other stage"] + OPS, months)
for name, title in TITLES.items():
    groups = order[name]
    numbered = {g: str(i + 1) for i, g in enumerate(groups)}
    rows = []
    for start in groups + [None]:
        label = f"{numbered[start]} {labels[name, start]}" if start is not None else "(entered)"
        rows.append([label] + [matrices[name][start, end] or "" for end in groups])
    table([f"{title} from \\ to"] + [numbered[g] for g in groups], rows)
