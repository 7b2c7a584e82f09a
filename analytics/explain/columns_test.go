package explain_test

import (
	"encoding/json"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/column"
)

// everything is a job that has every column: several sources, consent, referrers, costs and
// weights.
var everything = map[string]string{
	"job.yaml": `
name: all
sources:
  - {name: shop, path: shop.csv, columns: &c {customer: customer, time: day, amount: amount, cost: cost, category: category, referrer: referrer, consent: consent, attributes: {mood: mood, points: points}}}
  - {name: web, path: web.csv, columns: *c}
consent: {require: true}
rfm: {weights: {r: 1, f: 1, m: 1}}
referral: {share: 0.5, depth: 2}
clv: {model: nbd, costs: {acquisition: 5, per_order: 1, per_year_alive: 2}}
tiers: {levels: [{name: silver, qualify: {points: 2}}]}
`,
	"shop.csv": `customer,day,amount,cost,category,referrer,consent,mood,points
ann,2025-06-01,80.10,30,tea,,yes,good,1
ann,2025-09-01,90,33.33,tea,,yes,good,2.5
bob,2025-09-10,150,60,cups,ann,yes,,1
cid,2025-10-05,60,22,tea,bob,no,"a, ""b""",0
`,
	"web.csv": `customer,day,amount,cost,category,referrer,consent,mood,points
ann,2025-12-01,60.50,20,tea,,yes,bad,1
cid,2026-01-02,30,10,cups,,no,,1
cid,2026-01-03,-12.34,-5,cups,,no,,0
`,
}

// Every column of customers stands in the JSON of a customer under its name, with the value
// that customers.csv has. The job has every column of the registry: who adds one adds here
// what asks for it.
func TestEveryColumnIsInTheJSON(t *testing.T) {
	jobFile := writeJob(t, everything)
	path := publish(t, jobFile, t.TempDir(), "2026-02-01")
	header, rows := table(t, path)
	for _, c := range column.Customers {
		require.Contains(t, header, c.Name, "give the job of this test what asks for the column")
	}
	r := open(t, path)
	for id, row := range rows {
		c, err := r.Of(id)
		require.NoError(t, err)
		text, err := json.Marshal(c)
		require.NoError(t, err)
		var read struct {
			Columns map[string]any `json:"columns"`
		}
		require.NoError(t, json.Unmarshal(text, &read))
		require.Len(t, read.Columns, len(header))
		for _, name := range header {
			requireSameValue(t, name, row[name], read.Columns[name])
		}
		requireLines(t, c, row)
	}
}

// requireSameValue compares a cell of CSV with a value of JSON.
func requireSameValue(t *testing.T, name, cell string, value any) {
	t.Helper()
	switch v := value.(type) {
	case nil:
		require.Empty(t, cell, name)
	case float64:
		want, err := strconv.ParseFloat(cell, 64)
		require.NoError(t, err, name)
		require.InDelta(t, want, v, 0, name)
	default:
		require.Equal(t, cell, v, name)
	}
}
