package pictures_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/explain"
	"clientele/analytics/pictures"
	"clientele/internal/chart"
	"clientele/internal/money"
)

// What moved customer equity is what `explain` tells of each customer, over all of them,
// and it adds up.
func TestBridgeIsTheSumOfWhatExplainTells(t *testing.T) {
	dir := t.TempDir()
	some := "sources.0.where=(category <> 'Gifts' OR amount >= 10) AND customer_id LIKE '%7'" // a tenth of the shop, which is as good
	for _, day := range []string{"2026-01-31", "2026-02-28"} {
		require.NoError(t, publish(t, dir, "as_of="+day, some))
	}
	night, before := opened(t, filepath.Join(dir, "shop", "2026-02-28"))
	p, err := pictures.Of(night, before, pictures.EquityBridge, pictures.Options{})
	require.NoError(t, err)

	reader, err := explain.Open(night)
	require.NoError(t, err)
	want, known := map[string]money.Amount{}, map[string]bool{}
	for _, r := range file(t, before, "customers.csv") {
		known[r["customer_id"]] = true
		want["opening"] = want["opening"].Plus(amountOf(t, r["future_value"]))
	}
	for _, r := range file(t, night, "customers.csv") {
		value := amountOf(t, r["future_value"])
		want["closing"] = want["closing"].Plus(value)
		if !known[r["customer_id"]] {
			want["new_customers"] = want["new_customers"].Plus(value)
			continue
		}
		of, err := reader.Of(r["customer_id"])
		require.NoError(t, err)
		for _, l := range of.Change.Equity {
			if l.Line.Movement() {
				want[l.Line.String()] = want[l.Line.String()].Plus(l.Amount)
			}
		}
	}
	got, sum := map[string]money.Amount{}, money.Amount{}
	for _, r := range tableOf(t, p) {
		got[r["line"]] = amountOf(t, r["amount"])
		if r["line"] != "closing" {
			sum = sum.Plus(got[r["line"]])
		}
	}
	require.Len(t, got, len(want))
	for line, amount := range want {
		if line == "opening" || line == "new_customers" || line == "closing" { // sums of rounded values
			require.InDelta(t, amount.Float(), got[line].Float(), halfCent*float64(night.Customers), line)
		} else {
			require.Equal(t, amount, got[line], line)
		}
	}
	require.Equal(t, before.Equity.Value, got["opening"])
	require.Equal(t, night.Equity.Value, got["closing"])
	require.Equal(t, got["closing"], sum)
	for _, line := range []string{"new_customers", "discount", "became_past", "horizon", "grew", "shrank", "model"} {
		require.Contains(t, got, line)
	}
	rows := p.Figure.Form.(chart.Rows).Rows
	shown := 0.
	for _, r := range rows[:len(rows)-1] {
		shown += cents(t, r.Text)
	}
	require.InDelta(t, cents(t, rows[len(rows)-1].Text), shown, 1e-6, "what is shown adds up to the cent")
	require.InDelta(t, got["closing"].Float(), rows[len(rows)-2].Bars[0].To, 1e-6, "the last step ends where the total does")
}

// cents reads an amount as it is shown.
func cents(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.NewReplacer(",", "", "+", "").Replace(text), 64)
	require.NoError(t, err)
	return v
}

func amountOf(t *testing.T, text string) (a money.Amount) {
	t.Helper()
	require.NoError(t, a.UnmarshalText([]byte(text)))
	return a
}
