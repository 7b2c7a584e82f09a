package compare

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publish"
	"clientele/analytics/scores/rfm"
	"clientele/internal/money"
)

// customer is what a test says of one, in whole numbers.
type customer struct {
	id              string
	first, last     string // days
	orders, returns int64
	net             int64
	segment         string
	tier, status    string
	stage, decline  string
	alive           float64
}

// still is a customer about whom nothing is special, in the given tier.
func still(id, tier string) customer {
	return customer{
		id: id, first: "2026-01-01", last: "2026-01-20", orders: 2, net: 100,
		segment: "hibernating", tier: tier, stage: "formation", decline: "none", alive: 0.5,
	}
}

// night is what a test says of one.
type night struct {
	asOf      string
	settings  string             // JSON; empty: those of a plain job
	model     string             // empty: mbg-nbd
	params    map[string]float64 // of the model, those that matter; nil: there is none
	cuts      *rfm.CutPoints
	customers []customer // in order of id
}

const plainSettings = `{"name": "shop", "currency": "GBP", "tiers": {"levels": [{"name": "silver", "qualify": {"spend": 50}}, {"name": "gold", "qualify": {"spend": 200}}]}}`

func day(t testing.TB, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return d
}

// publishNight writes a publication, without a run's care for a power cut, and
// reads it back.
func publishNight(t testing.TB, dir string, n night) *Publication {
	t.Helper()
	p, err := Open(publishFiles(t, dir, n))
	require.NoError(t, err)
	return p
}

// modelOf is a night's model, whole.
func modelOf(n night) map[string]any {
	params := map[string]float64{"r": 1, "alpha": 2}
	if n.model == "" {
		n.model = "mbg-nbd"
		params["a"], params["b"] = 1, 2
	}
	maps.Copy(params, n.params)
	if n.model == "blend" {
		return map[string]any{"model": "blend", "members": []map[string]any{
			{"model": "nbd", "weight": params["weight"], "params": map[string]float64{"r": params["r"], "alpha": params["alpha"]}},
			{"model": "pareto-nbd", "weight": 1 - params["weight"], "params": map[string]float64{"r": 1, "alpha": 2, "s": 3, "beta": 4}},
		}}
	}
	return map[string]any{"model": n.model, "params": params}
}

func publishFiles(t testing.TB, dir string, n night) string {
	t.Helper()
	s, err := publish.Begin(dir, "shop", day(t, n.asOf))
	require.NoError(t, err)
	table, err := publish.NewTable(nil, stateOf(t, n.customers)...)
	require.NoError(t, err)
	defer table.Release()
	f, err := s.Create(publication.StateFile)
	require.NoError(t, err)
	_, err = publish.WriteParquet(f, table.Schema(), publish.Batches(table), publish.ParquetOptions{})
	require.NoError(t, err)
	f.Rows(table.NumRows())
	require.NoError(t, f.Close())
	if n.cuts != nil {
		writeFile(t, s, publication.CutPointsFile, n.cuts)
	}
	if n.params != nil {
		writeFile(t, s, publication.ModelFile, modelOf(n))
	}
	if n.settings == "" {
		n.settings = plainSettings
	}
	var groups []Group
	for _, g := range [][2]string{
		{"rfm", "champions"},
		{"rfm", "hibernating"},
		{"tier", "gold"},
		{"tier", "silver"},
		{"tier", ""},
		{"stage", "exploration"},
		{"stage", "formation"},
		{"stage", "stability"},
		{"stage", "decline"},
	} {
		groups = append(groups, Group{g[0], g[1], g[1]})
	}
	path, err := s.Commit(map[string]any{
		"run_id": "run of " + n.asOf, "name": "shop", "as_of": n.asOf, "settings": json.RawMessage(n.settings), "segments": groups,
		"rows": map[string]int{"read": 1, "used": 1}, "customers": table.NumRows(), "files": s.Files(),
	})
	require.NoError(t, err)
	return path
}

func writeFile(t testing.TB, s *publish.Staging, name string, value any) {
	t.Helper()
	f, err := s.Create(name)
	require.NoError(t, err)
	require.NoError(t, json.NewEncoder(f).Encode(value))
	require.NoError(t, f.Close())
}

func stateOf(t testing.TB, customers []customer) []publish.Col {
	t.Helper()
	var (
		id, segment, tier, status, stage, decline []string
		first, last                               []time.Time
		orders, returns                           []int64
		net                                       []decimal128.Num
		alive, future, clv                        []float64
	)
	for _, c := range customers {
		id, segment, tier, status = append(id, c.id), append(segment, c.segment), append(tier, c.tier), append(status, c.status)
		stage, decline = append(stage, c.stage), append(decline, c.decline)
		first, last = append(first, day(t, c.first)), append(last, day(t, c.last))
		orders, returns = append(orders, c.orders), append(returns, c.returns)
		net = append(net, money.FromFloat(float64(c.net)).Num())
		alive, future, clv = append(alive, c.alive), append(future, c.alive*10), append(clv, float64(c.net)+c.alive*10)
	}
	return []publish.Col{
		{Name: "customer_id", Values: id},
		{Name: "first_day", Values: first},
		{Name: "last_day", Values: last},
		{Name: "orders", Values: orders},
		{Name: "net", Values: net, Scale: money.Scale},
		{Name: "returns", Values: returns},
		{Name: "frequency", Values: orders},
		{Name: "monetary", Values: net, Scale: money.Scale},
		{Name: "segment", Values: segment},
		{Name: "p_alive", Values: alive},
		{Name: "future_value", Values: future},
		{Name: "clv", Values: clv},
		{Name: "tier", Values: tier},
		{Name: "tier_status", Values: status},
		{Name: "stage", Values: stage},
		{Name: "decline", Values: decline},
	}
}

// cutPoints have one edge each, of two scores.
func cutPoints(asOf string, recency, frequency, monetary float64) *rfm.CutPoints {
	return &rfm.CutPoints{
		AsOf: asOf, Customers: 3, Method: rfm.MethodQuantile, EdgeType: rfm.EdgeType1, Closed: rfm.ClosedRight, Bins: 2,
		Recency: []float64{recency}, Frequency: []float64{frequency}, Monetary: []float64{monetary},
	}
}

// changed compares the nights of 31 January and 28 February, where only the
// customers differ unless the nights say more.
func changed(t testing.TB, older, newer night) *Report {
	t.Helper()
	if older.asOf == "" {
		older.asOf = "2026-01-31"
	}
	if newer.asOf == "" {
		newer.asOf = "2026-02-28"
	}
	dir := t.TempDir()
	a, b := publishNight(t, dir, older), publishNight(t, dir, newer)
	r, err := Publications(a, b)
	require.NoError(t, err)
	return r
}

// moverCauses are those of all movers, by customer and kind.
func moverCauses(r *Report) map[string]cause.Cause {
	found := map[string]cause.Cause{}
	movers, _ := r.Movers(0)
	for _, m := range movers {
		found[m.Customer+" "+m.Kind] = m.Cause
	}
	return found
}
