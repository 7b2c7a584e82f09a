"""Writes pmf.csv: counts and survival ahead of a customer under the
beta-geometric models who is alive, at u = h/(alpha+t).

    pmf       P(n), by the sum over the chances of n, n+1, ... purchases
    survival  2F1(s, a; a+b; -u)

with 40 digits. Run with: python3 pmf.py > pmf.csv   (mpmath 1.3)
"""
import itertools
from mpmath import exp, hyp2f1, log, loggamma, mp, mpf

mp.dps = 40


def ratio_beta(a, b, c, d):
    return exp(loggamma(a) + loggamma(b) - loggamma(a + b) - loggamma(c) - loggamma(d) + loggamma(c + d))


def chance(n, s, u):
    return exp(loggamma(s + n) - loggamma(s) - loggamma(n + 1) - s * log(1 + u) + n * (log(u) - log(1 + u)))


def tail(n, s, u):
    """P(N >= n): 1 less what is below n, or upwards from n; None where that takes
    too long."""
    p = u / (1 + u)
    if n < s * u and n < 10000:
        total, term = mpf(0), chance(0, s, u)
        for k in range(n):
            total += term
            term *= (s + k) / (k + 1) * p
        if total < mpf("0.999"):
            return 1 - total
    total, term, k = mpf(0), chance(n, s, u), n
    while term > total * mpf(10) ** -28 * (1 - p):
        total += term
        term *= (s + k) / (k + 1) * p
        k += 1
        if k > n + 10000:
            return None
    return total


def pmf(n, a, b, s, u):
    stays = ratio_beta(a, b + n, a, b) * chance(n, s, u)
    if n == 0:
        return stays
    above = tail(n, s, u)
    return None if above is None else stays + ratio_beta(a + 1, b + n - 1, a, b) * above


PRIORS = [(".793", "2.426"), ("1", "1"), ("1e-6", "1e-5"), ("200", "5000"), ("3e8", "1e11"), ("1e12", "1e-3"), ("1e-3", "1e12")]
SHAPES = [".243", "1", "1e-9", "40.5", "20000", "1e12"]
US = ["1e-18", "1e-6", ".3", "8.8", "5000", "1e14"]
COUNTS = [0, 1, 10, 2000]

if __name__ == "__main__":
    print("a,b,s,u,what,n,value")
    for i, ((a, b), s, u) in enumerate(itertools.product(PRIORS, SHAPES, US)):
        A, B, S, U = mpf(a), mpf(b), mpf(s), mpf(u)
        for j, n in enumerate(COUNTS):
            if (i + j) % 4:
                continue
            v = pmf(n, A, B, S, U)
            if v is not None and v > mpf(10) ** -280:
                print(a, b, s, u, "pmf", n, mp.nstr(v, 20), sep=",", flush=True)
        if i % 5 == 0:
            try:
                v = hyp2f1(S, A, A + B, -U, maxterms=3000)
            except (ValueError, ZeroDivisionError, mp.NoConvergence):
                continue
            if v > mpf(10) ** -280:
                print(a, b, s, u, "survival", 0, mp.nstr(v, 20), sep=",", flush=True)
