"""A night with pandas and the Python package lifetimes; see doc.go.

    night.py EXPORT OUT AS_OF

Reads an export of `clientele simulate` as CSV, and writes customers.csv into OUT: recency,
frequency and monetary with their scores, x, t_x and t, and of the models that the package
has the chance to be alive and the purchases expected, with the gamma-gamma spend and the
value of 36 months that its users multiply them by.
"""

import os
import sys
import warnings

import numpy as np
import pandas as pd

import lifetimes
from lifetimes.utils import summary_data_from_transaction_data

warnings.simplefilter("ignore")

FITTERS = {
    "pareto-nbd": lifetimes.ParetoNBDFitter,
    "bg-nbd": lifetimes.BetaGeoFitter,
    "mbg-nbd": lifetimes.ModifiedBetaGeoFitter,
}
MONTHS, YEARLY_DISCOUNT = 36, 0.10  # clientele's defaults


def scored(lines, as_of):
    """Recency, frequency and monetary of each customer, with scores of 1 to 5."""
    orders = lines.groupby(["customer_id", "order_id"]).agg(time=("time", "min"), amount=("amount", "sum"))
    rfm = orders.groupby("customer_id").agg(last=("time", "max"), frequency=("amount", "size"), monetary=("amount", "sum"))
    rfm["recency_days"] = (as_of - rfm["last"].dt.normalize()).dt.days
    for score, column, labels in (("r", "recency_days", [5, 4, 3, 2, 1]), ("f", "frequency", [1, 2, 3, 4, 5]), ("m", "monetary", [1, 2, 3, 4, 5])):
        rfm[score] = pd.qcut(rfm[column].rank(method="first"), 5, labels=labels).astype(int)
    return rfm


def summarised(lines, as_of):
    """x, t_x and t in weeks, and the mean spend of repeat purchases."""
    table = summary_data_from_transaction_data(
        lines, "customer_id", "time", monetary_value_col="amount", observation_period_end=as_of, freq="D")
    table[["recency", "T"]] /= 7
    return table


def valued(table):
    """What the models say, column by column."""
    again = table[(table.frequency > 0) & (table.monetary_value > 0)]
    spend = lifetimes.GammaGammaFitter(penalizer_coef=0.0)
    spend.fit(again.frequency, again.monetary_value)
    columns = {"expected_spend": spend.conditional_expected_average_profit(table.frequency, table.monetary_value)}
    for name, fitter in FITTERS.items():
        np.random.seed(1)  # Pareto/NBD starts at random
        model = fitter(penalizer_coef=0.0)
        model.fit(table.frequency, table.recency, table["T"])
        columns[name + "_p_alive"] = model.conditional_probability_alive(table.frequency, table.recency, table["T"])
        columns[name + "_purchases"] = model.conditional_expected_number_of_purchases_up_to_time(
            MONTHS * 30.4375 / 7, table.frequency, table.recency, table["T"])
        columns[name + "_value"] = spend.customer_lifetime_value(
            model, table.frequency, table.recency, table["T"], table.monetary_value,
            time=MONTHS, freq="W", discount_rate=(1 + YEARLY_DISCOUNT) ** (1 / 12) - 1)
    return pd.DataFrame({k: np.asarray(v) for k, v in columns.items()}, index=table.index)


def main(export, out, as_of):
    as_of = pd.Timestamp(as_of)
    lines = pd.read_csv(export, usecols=["customer_id", "order_id", "time", "amount"], parse_dates=["time"])
    table = summarised(lines, as_of)
    table = scored(lines, as_of).join(table[["recency", "T", "monetary_value"]]).join(valued(table))
    table.sort_values("bg-nbd_value", ascending=False).to_csv(os.path.join(out, "customers.csv"))


if __name__ == "__main__":
    main(*sys.argv[1:])
