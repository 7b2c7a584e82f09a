package explain_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/explain"
	"clientele/analytics/publication/cause"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// lateJob is a shop whose second export has rows that came late, returns, and purchases
// since.
const lateJob = `
name: late
sources: [{path: sales.csv, columns: {customer: customer, time: day, amount: amount}, returns: amount LIKE '-%'}]
clv: {model: pareto-nbd, margin: 0.5, costs: {per_order: 1, per_year_alive: 3}}
stages: off
rfm: {refit: never}
tiers: {levels: [{name: silver, qualify: {spend: 100}}, {name: gold, qualify: {spend: 400, purchase_days: 4}}]}
`

// regulars are customers whom models can be fitted to.
func regulars() string {
	var b strings.Builder
	for i := range 60 {
		for k := range 1 + i%7 {
			day := calendar.Day(20_100 + (i*37)%200 + k*(11+i%13))
			fmt.Fprintf(&b, "r%02d,%s,%d\n", i, calendar.Format(day), 20+(i*k)%50)
		}
	}
	return b.String()
}

// Who only had earlier purchases corrected, gave something back, bought, or did several of
// these, is told so, and the parts add up.
func TestCorrectionsAndReturns(t *testing.T) {
	base := "customer,day,amount\n" + regulars() +
		"calm,2025-06-01,50\ncalm,2025-08-01,60\n" +
		"late,2025-06-01,50\nlate,2025-08-01,60\n" +
		"both,2025-06-01,50\nboth,2025-08-01,60\n" +
		"back,2025-06-01,50\nback,2025-08-01,60\n" +
		"buys,2025-06-01,50\nbuys,2025-08-01,60\n"
	since := "late,2025-07-01,40\n" + // came late
		"both,2025-07-01,40\nboth,2025-12-10,30\n" +
		"back,2025-12-05,-20\n" +
		"buys,2025-12-10,30\n" +
		"new,2025-12-10,30\n"
	var path string
	for _, withPurchases := range []bool{false, true} {
		out, setting := t.TempDir(), "output.purchases="+strconv.FormatBool(withPurchases)
		file := writeJob(t, map[string]string{"job.yaml": lateJob, "sales.csv": base})
		_, then := table(t, publish(t, file, out, "2025-12-01", setting))
		require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(file), "sales.csv"), []byte(base+since), 0o600))
		path = publish(t, file, out, "2025-12-31", setting)
		_, now := table(t, path)
		r := open(t, path)
		of := func(id string) *explain.Change {
			c, err := r.Of(id)
			require.NoError(t, err)
			requireLines(t, c, now[id])
			requireParts(t, c, now[id], then[id])
			requireTextAddsUp(t, c)
			require.Equal(t, withPurchases, c.Purchases != nil)
			return c.Change
		}
		require.Equal(t, []cause.Cause{cause.TimePassed, cause.ModelMoved}, causesOf(of("calm")))
		require.Equal(t, []cause.Cause{cause.Corrected, cause.TimePassed, cause.ModelMoved}, causesOf(of("late")))
		require.Equal(t, []cause.Cause{cause.TimePassed, cause.Returned, cause.ModelMoved}, causesOf(of("back")))
		require.Equal(t, []cause.Cause{cause.TimePassed, cause.Bought, cause.ModelMoved}, causesOf(of("buys")))
		require.False(t, of("buys").Mixed)
		both := []cause.Cause{cause.TimePassed, cause.Bought, cause.ModelMoved}
		if withPurchases { // which tell that a purchase of before is new
			both = append([]cause.Cause{cause.Corrected}, both...)
			require.True(t, of("both").Mixed, "what it brought is in bought all the same")
		}
		require.Equal(t, both, causesOf(of("both")))
		require.Equal(t, explain.NewCustomer, of("new").Unknown)
	}
	requirePurchases(t, open(t, path))
}

func causesOf(c *explain.Change) (all []cause.Cause) {
	for _, p := range c.Parts {
		all = append(all, p.Cause)
	}
	return all
}

// requirePurchases looks at what the purchase days tell beside.
func requirePurchases(t *testing.T, r *explain.Reader) {
	t.Helper()
	c, err := r.Of("both")
	require.NoError(t, err)
	require.Len(t, c.Purchases.Days, 4)
	require.Equal(t, money.Amount{}, c.Purchases.Elsewhere)
	have := map[string]float64{}
	for _, n := range c.Tier.Next.All {
		require.NotNil(t, n.Have, n.Metric)
		have[n.Metric] = *n.Have
	}
	require.Equal(t, map[string]float64{"spend": 180, "purchase_days": 4}, have)
	marked := slices.IndexFunc(c.Text("en")[1].Lines, func(line string) bool { return strings.HasPrefix(line, "2025-06-01 |") })
	require.GreaterOrEqual(t, marked, 0)
	require.Equal(t, 4, strings.Count(c.Text("en")[1].Lines[marked], "|"), "each day has its mark")

	c, err = r.Of("back")
	require.NoError(t, err)
	require.Equal(t, "-20.00", c.Purchases.Elsewhere.String(), "given back on a day of its own")
}
