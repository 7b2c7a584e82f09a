package analytics_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
)

// numberIn reads a cell that may be empty, which is NaN.
func numberIn(t *testing.T, row map[string]string, column string) float64 {
	t.Helper()
	text, found := row[column]
	require.True(t, found, column)
	if text == "" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	return v
}

// What a publication says of a customer in one column does not contradict another, nor
// the list of who is slipping, nor the counts of the summary.
func TestColumnsDoNotContradictEachOther(t *testing.T) {
	r := publishJob(t, simulatedShop(t, 600))
	var bands publication.ChurnBands
	slipping := map[string]map[string]string{}
	var calledNext, otherNext, called, others float64
	for _, row := range customersOf(t, r) {
		n := func(column string) float64 { return numberIn(t, row, column) }
		require.LessOrEqual(t, n("p_next"), n("p_alive")+1e-12)
		require.LessOrEqual(t, n("p_next"), n("expected_purchases")+5e-5, "a chance, of four places, is at most an expectation")
		require.LessOrEqual(t, n("future_low"), n("future_high"))
		require.GreaterOrEqual(t, n("value_at_risk"), 0.)
		switch p := n("p_next"); {
		case p > 2./3:
			bands.Low++
		case p < 1./3:
			bands.High++
		default:
			bands.Middle++
		}
		switch {
		case row["stage"] == "decline":
			require.Less(t, n("momentum"), 0.5)
			require.Contains(t, []string{"sudden", "gradual", "lost"}, row["decline"])
			called, calledNext = called+1, calledNext+n("p_next")
		case row["decline"] == "watch":
			require.Less(t, n("momentum"), 0.5)
		default:
			require.GreaterOrEqual(t, n("momentum"), 0.5)
			others, otherNext = others+1, otherNext+n("p_next")
		}
		if row["stage"] == "decline" || row["decline"] == "watch" {
			slipping[row["customer_id"]] = row
		}
	}
	require.Equal(t, bands, *r.Churn)
	require.Greater(t, called, 20.)
	require.Less(t, calledNext/called, otherNext/others/2, "who is in decline is not expected back")

	f, err := os.Open(filepath.Join(r.Path, "at_risk.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{
		"rank", "customer_id", "stage", "tier", "momentum", "p_next", "value_at_former_pace", "future_value",
		"value_at_risk", "last_day", "usual_gap_days", "reasons",
	}, rows[0])
	require.Len(t, rows[1:], len(slipping))
	last, sum := math.Inf(1), 0.
	for i, cells := range rows[1:] {
		row := map[string]string{}
		for k, name := range rows[0] {
			row[name] = cells[k]
		}
		require.Equal(t, strconv.Itoa(i+1), row["rank"])
		of := slipping[row["customer_id"]]
		for _, column := range []string{"stage", "momentum", "p_next", "future_value", "value_at_risk", "last_day", "reasons"} {
			require.Equal(t, of[column], row[column], column)
		}
		risk := numberIn(t, row, "value_at_risk")
		require.InDelta(t, max(0, numberIn(t, row, "value_at_former_pace")-numberIn(t, row, "future_value")), risk, 0.011) // of cents
		require.LessOrEqual(t, risk, last)
		last, sum = risk, sum+risk
	}
	require.EqualValues(t, len(slipping), r.AtRisk.Customers)
	require.InDelta(t, sum, r.AtRisk.Value.Float(), 0.005*float64(len(slipping)))
}

// An audit counts what the customers of an earlier night have done since, as the export
// itself has it.
func TestAudit(t *testing.T) {
	file := simulatedShop(t, 500)
	then := publishJob(t, file, "as_of=2026-03-31", "clv.model=pareto-nbd")
	require.Empty(t, then.Audit)
	now := publishJob(t, file, "as_of=2026-06-30", "clv.model=pareto-nbd")
	require.Len(t, now.Audit, 1)
	a := now.Audit[0]
	require.Equal(t, "2026-03-31", a.AsOf)
	require.EqualValues(t, 91, a.Days)

	purchases, came := purchaseDaysAfter(t, filepath.Join(filepath.Dir(file), "sales.csv"), "2026-03-31")
	known, inDecline, cameBack := 0., int64(0), int64(0)
	for _, row := range customersOf(t, then) {
		known += came[row["customer_id"]]
		if row["stage"] == "decline" {
			inDecline++
			if came[row["customer_id"]] > 0 {
				cameBack++
			}
		}
	}
	require.LessOrEqual(t, known, purchases)
	require.InDelta(t, known, a.Forecast.Purchases, 0)
	require.Equal(t, inDecline, a.Declined.Customers)
	require.Equal(t, cameBack, a.Declined.CameBack)
	require.LessOrEqual(t, *a.Declined.WentOn, cameBack)
	require.InDelta(t, 1, a.Forecast.Expected/known, 0.35)
	require.Equal(t, a.Forecast.Held, a.Forecast.Low <= a.Forecast.Money && a.Forecast.Money <= a.Forecast.High)
	require.Len(t, a.Forecast.Deciles, 10)
	var expected, actual float64
	var customers int64
	for i, d := range a.Forecast.Deciles {
		expected, actual, customers = expected+d.Expected, actual+d.Purchases, customers+d.Customers
		if i > 0 {
			require.LessOrEqual(t, d.Expected/float64(d.Customers), a.Forecast.Deciles[i-1].Expected/float64(a.Forecast.Deciles[i-1].Customers)+1e-9)
		}
	}
	require.InEpsilon(t, a.Forecast.Expected, expected, 1e-9)
	require.InDelta(t, a.Forecast.Purchases, actual, 0)
	require.Equal(t, a.Forecast.Customers, customers)
}

// purchaseDaysAfter counts distinct days with a sale after a day, of all customers and
// of each, by reading the export anew.
func purchaseDaysAfter(t *testing.T, path, day string) (all float64, of map[string]float64) {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	of = map[string]float64{}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		on, err := time.Parse(time.DateOnly, row[at["time"]][:len(time.DateOnly)])
		require.NoError(t, err)
		date, id := on.Format(time.DateOnly), row[at["customer_id"]]
		amount, err := strconv.ParseFloat(row[at["amount"]], 64)
		require.NoError(t, err)
		if date <= day || date > "2026-06-30" || amount < 0 || seen[id+date] {
			continue
		}
		seen[id+date] = true
		of[id]++
		all++
	}
	return all, of
}
