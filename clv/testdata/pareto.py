"""Writes pareto.csv: hard rows of the Pareto/NBD model, with 40 digits.

The likelihood is the papers' (Fader and Hardie 2005, before any hypergeometric
function comes in),

    L = Γ(r+x)/Γ(r) α^r β^s [ (α+T)^-(r+x) (β+T)^-s
                              + s int_tx^T (α+y)^-(r+x) (β+y)^-(s+1) dy ],

P(alive) is its first term's share, and of a customer who is alive

    DECT = (r+x)/(α+T) int_0^h e^(-delta u) ((β+T)/(β+T+u))^s du.

Both integrals are taken by mpmath's tanh-sinh rule, y and u on a logarithmic
scale, between points that lie on the scales on which the integrand changes.

Run with: python3 pareto.py > pareto.csv   (mpmath 1.4)
"""
import itertools
from mpmath import mp, mpf, exp, log, log1p, expm1, loggamma, quad, inf, nstr

mp.dps = 40


def integral(f, width, slope):
    """The integral of f over [0, width]; f falls by e^-slope over 1 at first."""
    points, step = [mpf(0)], mpf(1) / (1 + slope)
    while points[-1] + step < min(width, 300):
        points.append(points[-1] + step)
        step = min(2 * step, 1)
    points.append(width)
    total = mpf(0)
    for a, b in zip(points, points[1:]):
        part = quad(f, [a, b])
        total += part
        if a > 0 and part < total * mpf(10) ** -36 and f(b) < f(a):
            break
    return total


def row(r, alpha, s, beta, x, tx, T, h, delta):
    p, m = r + x, min(alpha, beta) + tx
    A, B = alpha + tx, beta + tx

    def leaving(theta):  # y + min(alpha, beta) = m e^theta, relative to y = tx
        v = m * expm1(theta)
        return exp(theta - p * log1p(v / A) - (s + 1) * log1p(v / B))

    left = mpf(0)
    if T > tx:
        left = s * m / B * integral(leaving, log1p((T - tx) / m), p * m / A + (s + 1) * m / B)
    alive = exp(-p * log1p((T - tx) / A) - s * log1p((T - tx) / B))
    ll = loggamma(p) - loggamma(r) - r * log1p(tx / alpha) - x * log(A) - s * log1p(tx / beta) + log(alive + left)
    p_alive = alive / (alive + left)

    b = beta + T
    if delta == 0:
        time = log1p(h / b) * b if s == 1 else b / (s - 1) * (1 - (1 + h / b) ** (1 - s))
    else:
        k = (1 + s) / b + delta
        time = integral(lambda w: exp(w - delta * expm1(w) / k - s * log1p(expm1(w) / k / b)) / k,
                        log1p(k * min(h, 120 / delta)), mpf(1))
    return ll, p_alive, p_alive * p / (alpha + T) * time


MODELS = [
    (".55", "10.6", ".61", "11.7"),   # CDNOW
    (".55", "10.6", "1", "10.6"),     # alpha = beta, s = 1
    ("2", "1e-6", ".5", "1e6"),       # z at 1, either way round
    (".3", "1e6", "2", "1e-6"),
    ("1e-6", ".5", "1e-6", "3000"),   # shapes at 0
    ("1e6", "1e6", "1e6", "1e6"),     # no variation
    ("1e6", "1e5", "1e-6", "1e-6"),
    (".4", "3", "1e6", "2e7"),        # one rate of leaving for all
    (".4", "300", "1.000000001", ".01"),
    ("5", "20", ".999999999", "4000"),
    ("1e-6", "1e6", "1e6", "1e-6"),
    ("30", ".02", "8", "150"),
]
ROWS = [("0", "0", "39"), ("0", "0", "1e5"), ("1", "0", "1e-6"), ("3", "30", "30"), ("12", "1e-3", "39"),
        ("10000", "900", "1000"), ("1000000000", "38", "39"), ("7", "1e-9", "1e8"), ("2", "30.4", "38.9")]
FUTURES = [("52", "0"), ("inf", ".0027"), ("1e-6", "0"), ("1e9", "1e-7"), ("39", "5"), ("1e12", "1e3")]

if __name__ == "__main__":
    print("r,alpha,s,beta,x,t_x,t,h,delta,ll,p_alive,dect")
    for i, (theta, history, future) in enumerate(itertools.product(MODELS, ROWS, FUTURES)):
        if i % 5 != 0:  # a spread of them is enough
            continue
        text = theta + history + future
        values = row(*(mpf(v) for v in text))
        print(*text, *(nstr(v, 20) for v in values), sep=",", flush=True)
