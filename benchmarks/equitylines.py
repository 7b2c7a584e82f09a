"""Works out by itself the lines of the equity ledger that rest on models.

    equitylines.py NIGHT...     folders of publications, each following the one before

The second route from model.json and the customers' x, t_x and t to `became_past`,
`horizon`, `grew`, `came_back`, `shrank`, `lost` and `model`: the stories of the models as
their papers tell them, integrated numerically, where the program has closed forms and
interpolates between customers who are alike. It reads the files of the nights, and nothing
of the program. Prices are a margin alone, and the same on all nights.

    Pareto/NBD          Fader and Hardie (2005), A Note on Deriving the Pareto/NBD Model
    BG/NBD              Fader, Hardie and Lee (2005), Marketing Science 24(2)
    MBG/NBD             Batislam, Denizel and Filiztekin (2007), IJRM 24(3)
    (M)BG/CNBD-k        Platzer and Reutterer (2016); every k-th event is a purchase
    NBD                 Ehrenberg (1959)
    gamma-gamma         Fader and Hardie (2013), note 25, eq. (5)
"""

import json
import sys
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
from scipy.special import betaln, gammaln, xlogy

NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)
CREDIT = 0.1  # of a silence: docs/models.md
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375}
ENDING = {"sudden", "gradual", "lost"}


def over(low, high, f, pieces=3):
    """The integral of f from low to high, by Gauss and Legendre in pieces that grow."""
    edges = [low + (high - low) * (i / pieces) ** 2 for i in range(pieces + 1)]
    total = 0.0
    for start, end in zip(edges, edges[1:]):
        half = (end - start) / 2
        for node, weight in zip(NODES, WEIGHTS):
            total = total + weight * half * f(start + half * (node + 1))
    return total


class Pareto:
    def __init__(self, r, alpha, s, beta):
        self.r, self.alpha, self.s, self.beta = r, alpha, s, beta

    def look(self, x, tx, t):
        self.x, self.t = x, t
        r, alpha, s, beta = self.r, self.alpha, self.s, self.beta

        def leaves(u):  # relative to who is still there
            return np.exp(np.log(s / (beta + u)) + (r + x) * np.log((alpha + t) / (alpha + u)) + s * np.log((beta + t) / (beta + u)))

        left = over(tx, t, leaves, pieces=8)
        self.alive = 1 / (1 + left)
        stay = (r + x) * np.log((alpha + tx) / (alpha + t)) + s * np.log((beta + tx) / (beta + t))
        self.silence = stay + np.log1p(left)

    def rate(self, u):
        return self.alive * (self.r + self.x) / (self.alpha + self.t) * ((self.beta + self.t) / (self.beta + self.t + u)) ** self.s


class NBD:
    def __init__(self, r, alpha):
        self.r, self.alpha = r, alpha

    def look(self, x, tx, t):
        self.x, self.t, self.alive = x, t, np.ones_like(t)
        self.silence = -(self.r + x) * np.log((self.alpha + t) / (self.alpha + tx))

    def rate(self, u):
        return (self.r + self.x) / (self.alpha + self.t) + 0 * u


class Coin:
    """Leaves after a purchase with p ~ Beta(a, b); after the first one too where first is 1."""

    def __init__(self, first, r, alpha, a, b, k=1):
        self.first, self.k, self.r, self.alpha, self.a, self.b = first, int(k), r, alpha, a, b

    def weights(self, x, tx, t):
        """ln of: has left; is there, with j events since the last purchase."""
        r, alpha, a, b, k, stayed = self.r, self.alpha, self.a, self.b, self.k, x + self.first
        left = np.where(stayed > 0, betaln(a + 1, b + np.maximum(stayed, 1) - 1), -np.inf)
        left = left + gammaln(r + k * x) - (r + k * x) * np.log(alpha + tx)
        there = []
        for j in range(k):
            n = r + k * x + j
            there.append(betaln(a, b + stayed) + xlogy(j, t - tx) - gammaln(j + 1) + gammaln(n) - n * np.log(alpha + t))
        return left, np.array(there)

    def look(self, x, tx, t):
        self.x, self.t = x, t
        left, there = self.weights(x, tx, t)
        sum_now = np.logaddexp(left, np.logaddexp.reduce(there, axis=0))
        left_then, there_then = self.weights(x, tx, tx)
        self.silence = sum_now - np.logaddexp(left_then, there_then[0])
        self.share = np.exp(there - sum_now)
        self.alive = self.share.sum(axis=0)

    def rate(self, u):
        """The next m-th purchase is event m*k - j, and is made by who stayed after m - 1."""
        a, stayed, far = self.a, self.x + self.first, self.alpha + self.t
        most = (self.r + self.k * (self.x + 1)) * u / far
        last = int(np.max((most + 12 * np.sqrt(most * (1 + u / far)) + 40) / self.k)) + 2
        total = np.zeros_like(self.t)
        for j in range(self.k):
            n = self.r + self.k * self.x + j
            for m in range(1, last + 1):
                e = m * self.k - j
                ln = betaln(a, self.b + stayed + m - 1) - betaln(a, self.b + stayed) + gammaln(n + e) - gammaln(n) - gammaln(e)
                ln += (e - 1) * np.log(u) + n * np.log(far) - (n + e) * np.log(far + u)
                total += self.share[j] * np.exp(ln)
        return total


def model(of):
    p = of["params"]
    match of["model"]:
        case "pareto-nbd":
            return Pareto(p["r"], p["alpha"], p["s"], p["beta"])
        case "nbd":
            return NBD(p["r"], p["alpha"])
        case "bg-nbd" | "bg-cnbd-k":
            return Coin(0, **p)
        case "mbg-nbd" | "mbg-cnbd-k":
            return Coin(1, **p)
    raise SystemExit(f"{of['model']}: this program does not know the model")


class Night:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.run = json.loads((self.folder / "run.json").read_text())
        self.day = date.fromisoformat(self.run["as_of"])
        clv = self.run["settings"]["clv"]
        if any(clv["costs"].values()):
            raise SystemExit(f"{folder}: this program knows no costs")
        self.unit = DAYS[clv["unit"]]
        number, of = clv["horizon"].split()
        self.horizon = float(number) * {"months": 30.4375, "days": 1.0}[of] / self.unit
        self.margin, self.year = clv["margin"], 1 + clv["discount_rate"]
        self.model = json.loads((self.folder / "model.json").read_text())
        members = self.model.get("members") or [dict(self.model, weight=1.0)]
        self.members = [(m["weight"], model(m)) for m in members]
        self.pace = self.model.get("pace", 1.0)
        columns = "customer_id, x, t_x, t, expected_spend, future_value, first_day, last_day, stage, decline, segment, tier"
        rows = duckdb.sql(f"SELECT {columns} FROM '{folder}/customers.parquet'").fetchall()
        self.customers = {row[0]: dict(zip(columns.split(", "), row)) for row in rows}
        paid = duckdb.sql(f"SELECT customer_id, len(list_filter(spend, lambda s: s > 0)), spend[1] <= 0, len(days) FROM '{folder}/purchases.parquet'").fetchall()
        net = dict(duckdb.sql(f"SELECT customer_id, net::DOUBLE FROM '{folder}/state.parquet'").fetchall())
        for id, days, free, all in paid:
            self.customers[id] |= dict(paid=days, free=free, repeats=all - 1, net=net[id])
        self.learn()

    def gamma_gamma(self, c):
        """The spend expected of a purchase, but for the factor that the shop's past taught."""
        s = self.model["spend"]
        p, q, gamma = (s["params"][name] for name in ("p", "q", "gamma"))
        n, free = (c["paid"], c["free"]) if c["net"] > 0 else (0, True)
        mean = c["net"] / n if n else 0
        repeats = n - (not free)
        paying = s.get("paying", {}).get("first_unpaid" if free else "first_paid")
        share = 1.0
        if paying:
            share = (paying["a"] + repeats) / (paying["a"] + paying["b"] + c["repeats"])
        elif free or repeats < c["repeats"]:
            share = (0.5 + repeats) / (1 + c["repeats"])
        return p * (gamma + n * mean) / (p * n + q - 1) * share

    def learn(self):
        """The factor is not told apart: it is one for all customers. What is left of a day's
        spend does not say whether the day was paid for where something else came back on it:
        then what the night itself expected does."""
        ratio = lambda c: c["expected_spend"] / self.gamma_gamma(c)
        some = [c for c in self.customers.values() if c["expected_spend"] > 1]
        self.factor = float(np.median([ratio(c) for c in some]))
        fits = lambda c: abs(ratio(c) / self.factor - 1) < 1e-5
        odd = [c for c in some if not fits(c)]
        for c in odd:
            left = c["paid"]
            c["free"] = False
            for c["paid"] in range(c["repeats"] + 1, left, -1):
                if fits(c):
                    break
        self.odd = sum(not fits(c) for c in odd)

    def purchases(self, histories, *horizons):
        """Discounted purchases within each horizon of each history (x, t_x, t)."""
        at = {h: i for i, h in enumerate(dict.fromkeys(histories))}
        distinct = np.array(list(at), dtype=float)
        order = np.argsort(distinct[:, 0], kind="stable")
        found = np.zeros((len(horizons), len(distinct)))
        for some in np.array_split(order, max(1, len(order) // 400)):  # alike in x: as many terms
            found[:, some] = self.blend(*distinct[some].T, horizons)
        places = [at[h] for h in histories]
        return found[:, places]

    def blend(self, x, tx, t, horizons):
        delta = np.log(self.year) / (365.25 / self.unit)
        parts, shares = [], []
        for weight, m in self.members:
            m.look(x, tx, t)
            shares.append(weight * np.exp(CREDIT * np.minimum(m.silence, 0)))
            parts.append([over(0.0, h, lambda u: np.exp(-delta * u) * self.pace * m.rate(u * self.pace)) for h in horizons])
        shares = np.array(shares) / np.sum(shares, axis=0)
        return np.einsum("mi,mhi->hi", shares, np.array(parts))


def lines(was, now):
    """By group and line, what the ledger should say, and how many customers it is of."""
    both = [id for id in now.customers if id in was.customers]
    old = [was.customers[id] for id in both]
    new = [now.customers[id] for id in both]
    between = (now.day - was.day).days
    units, growth = between / was.unit, was.year ** (between / 365.25)
    soon, far, whole = was.purchases([(c["x"], c["t_x"], c["t"]) for c in old], units, was.horizon + units, was.horizon)
    (then,) = was.purchases([(c["x"], c["t_x"], c["t"]) for c in new], was.horizon)
    sums, worst = {}, 0.0
    for i, (o, n) in enumerate(zip(old, new)):
        price = was.margin * o["expected_spend"]
        worst = max(worst, abs(price * whole[i] - o["future_value"]))
        spend = o["expected_spend"]
        if (o["x"], o["t_x"], o["first_day"], o["net"], o["paid"]) != (n["x"], n["t_x"], n["first_day"], n["net"], n["paid"]):
            spend = was.factor * was.gamma_gamma(n)
        v = o["future_value"]
        of = {
            "became_past": -growth * price * soon[i],
            "horizon": growth * (price * far[i] - v),
        }
        worth = was.margin * spend * then[i]
        otherwise = worth - (growth * v + of["became_past"] + of["horizon"])
        if o["stage"] == "decline" and n["last_day"] > was.day:
            of["came_back"] = otherwise
        elif n["decline"] in ENDING and o["decline"] not in ENDING:
            of["lost"] = otherwise
        else:
            of["grew" if otherwise >= 0 else "shrank"] = otherwise
        of["model"] = n["future_value"] - worth
        for group in [("total", ""), ("stage", n["stage"]), ("tier", n["tier"] or ""), ("segment", n["segment"] or "")]:
            for line, amount in of.items():
                sums[(*group, line)] = sums.get((*group, line), 0.0) + amount
    return sums, worst, len(both)


def main(folders):
    nights = [Night(f) for f in folders]
    print("night\tcustomers\tamounts\tlargest\tfarthest off\tof the total\tpublished value off by\tspend not told")
    for was, now in zip(nights, nights[1:]):
        sums, worst, customers = lines(was, now)
        table = duckdb.sql(f"SELECT kind, coalesce(\"group\", ''), line, amount FROM read_csv('{now.folder}/equity_ledger.csv', all_varchar = true)").fetchall()
        off, total, compared, largest = {}, 0.0, 0, 0.0
        for kind, group, line, amount in table:
            if line not in ("became_past", "horizon", "grew", "came_back", "shrank", "lost", "model"):
                continue
            compared += 1
            largest = max(largest, abs(float(amount)))
            off[(kind, group, line)] = abs(float(amount) - sums.get((kind, group, line), 0.0))
            if kind == "total":
                total = max(total, off[(kind, group, line)])
        where = max(off, key=off.get)
        print(f"{now.day}\t{customers}\t{compared}\t{largest:.2f}\t{off[where]:.6f} {'/'.join(where)}\t{total:.6f}\t{worst:.6f}\t{was.odd}")


if __name__ == "__main__":
    main(sys.argv[1:])
