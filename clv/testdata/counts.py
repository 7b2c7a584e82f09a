"""Writes counts.csv: the models whose time is counted in opportunities, at
parameters and histories where plain formulas fail.

Sums over up to 2e5 opportunities are added up term by term with 50 digits, from
products of ratios; all terms are positive. Sums without end stop where a term
falls below 1e-30 of the sum. Columns: model, parameters as text
separated by spaces, x, tx, t, what, n (a count), h, delta, value.

    ll      log-likelihood
    p_alive of BG/BB: alive for opportunity t+1
    ahead   purchases in h opportunities, discounted, given alive
    time    the same of opportunities met alive
    pmf     n purchases in h opportunities, given alive
    later   alive h opportunities on, given alive

Run with: python3 counts.py > counts.csv   (mpmath 1.3)
"""
from mpmath import binomial, chop, exp, inf, log, loggamma, mp, mpf

mp.dps = 50


def ratio_beta(a, b, c, d):
    """B(a, b)/B(c, d)"""
    return exp(loggamma(a) + loggamma(b) - loggamma(a + b) - loggamma(c) - loggamma(d) + loggamma(c + d))


def bgbb_terms(al, be, ga, de, x, tx, n):
    """The two terms of the likelihood: alive at n, and left before."""
    stays = ratio_beta(al + x, be + n - x, al, be) * ratio_beta(ga, de + n, ga, de)
    term = ratio_beta(al + x, be + tx - x, al, be) * ratio_beta(ga + 1, de + tx, ga, de)
    left = mpf(0)
    for i in range(n - tx):
        left += term
        term *= (be + tx - x + i) / (al + be + tx + i) * (de + tx + i) / (ga + de + tx + 1 + i)
    return stays, left


def survivals(a, b, h, delta):
    """sum_{j<h} e^(-delta j) B(a,b+j)/B(a,b)"""
    if h == inf and delta == 0:
        return (a + b - 1) / (a - 1)
    total, term, v, j = mpf(0), mpf(1), exp(-delta), 0
    while j < h and term > total * mpf(10) ** -30:
        total += term
        term *= v * (b + j) / (a + b + j)
        j += 1
    return total


def bgbb_pmf(a, b, g, d, n, h):
    """n of h at p ~ Beta(a, b), leaving ~ Beta(g, d), alive for the first."""
    j = max(n, 1)
    buys = binomial(j, n) * ratio_beta(a + n, b + j - n, a, b)
    leaves = ratio_beta(g + 1, d + j - 1, g, d)
    total = mpf(0)
    while j < h:
        total += buys * leaves
        buys *= (j + 1) * (b + j - n) / ((j + 1 - n) * (a + b + j))
        leaves *= (d + j - 1) / (g + d + j)
        j += 1
    return total + buys * ratio_beta(g, d + h - 1, g, d)


def row(model, params, x, tx, t, what, n, h, delta, value):
    print(model, " ".join(params), x, tx, t, what, n, h, delta, mp.nstr(value, 20), sep=",", flush=True)


BGBB = [
    ("1.204", ".75", ".657", "2.783"),  # donations
    (".3", ".7", "1", "4"),             # gamma = 1
    ("1", "1", "1", "1"),               # equal
    ("1e-3", "1e-3", "1e-3", "1e-3"),   # never or always
    ("1e-10", "1e-9", "1e-8", "1e-11"),
    ("400", "90000", "30", "20000"),    # hardly any variation
    ("2e6", "1e6", "3e5", "7e9"),
    ("1e11", "1e12", "1e8", "1e12"),    # huge
    (".5", "60", "2.5", ".01"),         # leaves at once or much later
    ("5e4", "1e-6", ".8", "300"),       # buys always
]
ROWS = [(0, 0, 0), (0, 0, 1), (0, 0, 100000), (1, 1, 1), (3, 4, 6), (2, 900, 1000), (40, 60, 5000),
        (3000, 3000, 3000), (3000, 50000, 100000), (100, 100, 100000)]
FUTURES = [("5", "0"), ("inf", "0.09531017980432487"), ("1000", "0.001"), ("100000", "0"), ("inf", "1e-3"),
           ("inf", "0"), ("1", "3"), ("7.9", "40")]
COUNTS = [(0, 1), (1, 1), (0, 50), (3, 50), (50, 50), (10, 3000), (1200, 3000), (2999, 3000)]

# Counts over many opportunities, for some of the models at x = 2, t_x = 3, t = 6.
LONG = [(0, 1, 200000), (0, 50, 200000), (0, 150000, 200000), (5, 900, 200000), (6, 60000, 100000), (8, 3, 100000)]

SBG = [(".704", "1.182"), ("1", "1"), ("1e-9", "1e-6"), ("3e5", "2e9"), ("1e12", "1e11"), (".01", "900"), ("1e-12", "1e12")]
CONTRACTS = [(0, 1), (0, 0), (5, 5), (3, 7), (1000, 1000), (100000, 100000), (99999, 100000)]

if __name__ == "__main__":
    print("model,params,x,tx,t,what,n,h,delta,value")
    turn = 0
    for params in BGBB:
        al, be, ga, de = map(mpf, params)
        for x, tx, n in ROWS:
            stays, left = bgbb_terms(al, be, ga, de, x, tx, n)
            row("bg-bb", params, x, tx, n, "ll", 0, 0, 0, chop(log(stays + left), 1e-45))
            row("bg-bb", params, x, tx, n, "p_alive", 0, 0, 0, stays / (stays + left) * (de + n) / (ga + de + n))
            turn += 1
            h, delta = FUTURES[turn % len(FUTURES)]
            if not (h == "inf" and delta == "0" and ga <= 1):
                steps = inf if h == "inf" else mpf(int(float(h)))
                time = exp(-mpf(delta)) * survivals(ga, de + n + 1, steps, mpf(delta))
                row("bg-bb", params, x, tx, n, "time", 0, h, delta, time)
                row("bg-bb", params, x, tx, n, "ahead", 0, h, delta, time * (al + x) / (al + be + n))
            k, h = COUNTS[turn * 3 % len(COUNTS)]
            row("bg-bb", params, x, tx, n, "pmf", k, h, 0, bgbb_pmf(al + x, be + n - x, ga, de + n + 1, k, h))
            row("bg-bb", params, x, tx, n, "later", 0, h, 0, ratio_beta(ga, de + n + 1 + h, ga, de + n + 1))
    for which, k, h in LONG:
        al, be, ga, de = map(mpf, BGBB[which])
        row("bg-bb", BGBB[which], 2, 3, 6, "pmf", k, h, 0, bgbb_pmf(al + 2, be + 4, ga, de + 7, k, h))
    for params in SBG:
        al, be = map(mpf, params)
        for x, t in CONTRACTS:
            value = ratio_beta(al, be + x, al, be) * (al / (al + be + x) if x < t else 1)
            row("sbg", params, x, x, t, "ll", 0, 0, 0, chop(log(value), 1e-45))
            if x < t:
                continue
            for h, delta in FUTURES:
                if not (h == "inf" and delta == "0" and al <= 1):
                    steps = inf if h == "inf" else mpf(int(float(h)))
                    b = be + t
                    time = b / (al - 1) if h == "inf" and delta == "0" else \
                        exp(-mpf(delta)) * b / (al + b) * survivals(al, b + 1, steps, mpf(delta))
                    row("sbg", params, x, x, t, "ahead", 0, h, delta, time)
            for k, h in COUNTS:
                b = be + t
                row("sbg", params, x, x, t, "pmf", k, h, 0,
                    ratio_beta(al, b + k, al, b) * (al / (al + b + k) if k < h else 1))
