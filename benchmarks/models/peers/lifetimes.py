"""Fits and scores tables with the Python package lifetimes; see doc.go.

    lifetimes.py version
    lifetimes.py fit MODEL TABLE
    lifetimes.py score MODEL TABLE OUT PARAMETERS

Prints one line of JSON. Times are from the table in memory to the result, as
those of the other programs are.
"""

import json
import os
import sys
import time
import warnings

# The script has the name of the package that it imports, and its folder comes
# first where modules are looked for.
here = os.path.dirname(os.path.abspath(__file__))
sys.path = [p for p in sys.path if os.path.abspath(p or ".") != here]

import numpy as np
import pandas as pd
import scipy

import lifetimes

warnings.simplefilter("ignore")

FITTERS = {
    "bg-nbd": lifetimes.BetaGeoFitter,
    "mbg-nbd": lifetimes.ModifiedBetaGeoFitter,
    "pareto-nbd": lifetimes.ParetoNBDFitter,
    "bg-bb": lifetimes.BetaGeoBetaBinomFitter,
    "gamma-gamma": lifetimes.GammaGammaFitter,
}

# The package's letter of a parameter where the papers have another.
LETTERS = {"gamma-gamma": {"gamma": "v"}}


def read(model, path):
    """The columns x, t_x, t and mean spend, as the package's users hold them."""
    table = pd.DataFrame(np.load(path).T, columns=["x", "tx", "t", "m"])
    counts = ["x", "tx", "t"] if model == "bg-bb" else ["x"]
    return table.astype({c: int for c in counts})


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, {"CPU": time.process_time() - cpu, "Wall": time.perf_counter() - wall}


def fit(model, path):
    table = read(model, path)
    fitter = FITTERS[model]()
    if model == "gamma-gamma":
        # It refuses rows that say nothing about spend; leaving them out is not timed.
        table = table[(table.x > 0) & (table.m > 0)]
        _, took = timed(lambda: fitter.fit(table.x, table.m))
    else:
        np.random.seed(1)  # Pareto/NBD starts at random
        _, took = timed(lambda: fitter.fit(table.x, table.tx, table.t))
    letters = {v: k for k, v in LETTERS.get(model, {}).items()}
    params = {letters.get(k, k): float(v) for k, v in fitter.params_.items()}
    return dict(took, Params=params, log_likelihood=log_likelihood(model, fitter, table))


def log_likelihood(model, fitter, table):
    """The package's own log-likelihood, as a sum in the units of the table.

    The package divides times by their maximum, which takes x ln(maximum) off
    each customer, and keeps a mean, except for Pareto/NBD.
    """
    total = -fitter._negative_log_likelihood_
    if model != "pareto-nbd":
        total *= len(table)
    return float(total + table.x.sum() * np.log(getattr(fitter, "_scale", 1)))


def with_params(model, params):
    """A fitter as if it had been fitted."""
    fitter = FITTERS[model]()
    letters = LETTERS.get(model, {})
    fitter.params_ = pd.Series({letters.get(k, k): v for k, v in params.items()})
    if model != "gamma-gamma":
        fitter.predict = fitter.conditional_expected_number_of_purchases_up_to_time
    return fitter


def score(model, path, out, params):
    table = read(model, path)
    purchases, spend = with_params(model, params["purchases"]), with_params("gamma-gamma", params["spend"])
    x, tx, t, horizon = table.x, table.tx, table.t, params["horizon"]

    def columns():
        if model == "bg-bb":
            # customer_lifetime_value does not take this model.
            # Of the next opportunity, as the paper has it.
            p_alive = purchases.conditional_probability_alive(1, x, tx, t)
        else:
            p_alive = purchases.conditional_probability_alive(x, tx, t)
            spend.customer_lifetime_value(purchases, x, tx, t, table.m, time=12, freq="W")
        cet = purchases.conditional_expected_number_of_purchases_up_to_time(horizon, x, tx, t)
        return p_alive, cet, spend.conditional_expected_average_profit(x, table.m)

    result, took = timed(columns)
    with open(out, "wb") as f:
        np.save(f, np.ascontiguousarray(result, dtype="<f8"))
    return took


def version():
    python = ".".join(map(str, sys.version_info[:3]))
    return "lifetimes %s (Python %s, NumPy %s, SciPy %s)" % (
        lifetimes.__version__, python, np.__version__, scipy.__version__)


def main(command, *args):
    if command == "version":
        return version()
    if command == "fit":
        return fit(*args)
    return score(*args[:3], json.loads(args[3]))


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
