package customers_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/customers"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

func openEngine(t testing.TB, threads int) engine.Engine {
	t.Helper()
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: threads})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e
}

func day(n int32) time.Time { return time.Unix(int64(n)*86_400, 0).UTC() }

// csvOf writes rows as an export; a return has its amount above 0, and says
// what it is.
func csvOf(rows []row) string {
	var b strings.Builder
	b.WriteString("id,order,day,amount,cost,kind,label\n")
	for _, r := range rows {
		sign, kind := int64(1), "sale"
		if r.isReturn {
			sign, kind = -1, "return"
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%s\n", r.customer, r.order, day(r.day).Format(time.DateOnly),
			millionths(sign*r.amount), millionths(sign*r.cost), kind, r.label)
	}
	return b.String()
}

// empty drops all tables of an engine.
func empty(t testing.TB, e engine.Engine) {
	t.Helper()
	tables, err := engine.Text(t.Context(), e, "SELECT table_name FROM duckdb_tables()")
	require.NoError(t, err)
	for _, table := range tables {
		require.NoError(t, e.Exec(t.Context(), "DROP TABLE "+engine.Identifier(table[0])))
	}
}

// reduce loads sources of any number of files into an engine that is clean and
// reduces them.
func reduce(t testing.TB, e engine.Engine, sources [][][]row, r customers.Request) (*customers.Table, customers.Oddities) {
	t.Helper()
	empty(t, e)
	load(t, e, sources, r)
	table, odd, err := customers.Reduce(t.Context(), e, r)
	require.NoError(t, err)
	return table, odd
}

// load loads sources of any number of files.
func load(t testing.TB, e engine.Engine, sources [][][]row, r customers.Request) {
	t.Helper()
	dir, order := t.TempDir(), ""
	if r.HasOrders {
		order = "order: order, "
	}
	var text strings.Builder
	text.WriteString("name: shop\nas_of: 2100-01-01\nsources:\n")
	for i, files := range sources {
		for k, rows := range files {
			name := fmt.Sprintf("source-%d-file-%d.csv", i, k)
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(csvOf(rows)), 0o600))
		}
		fmt.Fprintf(&text, "  - path: source-%d-*.csv\n    columns: {customer: id, %stime: day, amount: amount, cost: cost, attributes: {label: label}}\n", i, order)
		text.WriteString("    returns: kind = 'return'\n")
	}
	j, err := job.Parse(filepath.Join(dir, "job.yaml"), []byte(text.String()), nil, time.Now)
	require.NoError(t, err)
	plan, err := ledger.Prepare(t.Context(), e, j)
	require.NoError(t, err)
	require.NoError(t, plan.Load(t.Context(), j.AsOf.Day))
	require.Equal(t, r.HasOrders, plan.HasOrders)
	require.Equal(t, r.Attributes, plan.Attributes)
}

// requireEqualTables compares column by column.
func requireEqualTables(t require.TestingT, want, got *customers.Table) {
	require.Equal(t, *want, *got)
}

// drawRow draws one of few customers, orders and days, so that they meet.
func drawRow(t *rapid.T) row {
	r := row{
		customer: rapid.SampledFrom([]string{"c1", "c2", "C1", "007", "7"}).Draw(t, "customer"),
		order:    rapid.SampledFrom([]string{"", "o1", "o2", "o3", "o4"}).Draw(t, "order"),
		day:      rapid.Int32Range(19_740, 19_757).Draw(t, "day"), // from 2024-01-18, into February
		amount:   rapid.Int64Range(0, 50_000_000).Draw(t, "amount"),
		cost:     rapid.Int64Range(0, 9_000_000).Draw(t, "cost"),
		isReturn: rapid.IntRange(0, 3).Draw(t, "kind") == 0,
		label:    rapid.SampledFrom([]string{"", "a", "b", "B", "é", "2.5", "-7"}).Draw(t, "label"),
	}
	if r.isReturn {
		r.amount, r.cost = -r.amount, -r.cost
	}
	return r
}

// drawRequest draws what is asked of rows.
func drawRequest(t *rapid.T) customers.Request {
	r := customers.Request{
		HasCost:     true,
		HasOrders:   rapid.Bool().Draw(t, "has orders"),
		SeemOneLine: rapid.Bool().Draw(t, "seem one line"),
		OneSource:   rapid.Bool().Draw(t, "one source"), // all draws are loaded as one
		Attributes:  []string{"label"},
		KeepDays:    rapid.Bool().Draw(t, "keep days"),
		KeepSpend:   rapid.Bool().Draw(t, "keep spend"),
		KeepNet:     rapid.Bool().Draw(t, "keep net"),
		KeepEarned:  rapid.Bool().Draw(t, "keep earned"),
		Months:      rapid.Bool().Draw(t, "months"),
		RFMFrom:     day(rapid.Int32Range(19_737, 19_759).Draw(t, "rfm from")),
		RFMByDay:    rapid.Bool().Draw(t, "rfm by day"),
		RFMSpend: rapid.SampledFrom([]customers.Spend{
			customers.SpendSum, customers.SpendSum, customers.SpendMean, customers.SpendMedian, customers.SpendMax,
		}).Draw(t, "rfm spend"),
	}
	if rapid.Bool().Draw(t, "first labels") {
		r.FirstLabels = []string{"label"}
	}
	r.CohortMonths = r.Months && rapid.Bool().Draw(t, "cohort months")
	if rapid.Bool().Draw(t, "activity") {
		r.Activity = &customers.ActivityRequest{From: day(rapid.Int32Range(19_737, 19_759).Draw(t, "activity from")), Orders: rapid.Bool().Draw(t, "activity orders")}
		if rapid.Bool().Draw(t, "numbers") {
			r.Activity.Numbers = []string{"label"}
		}
	}
	return r
}

// The SQL says what the slow way says, for any ledger, with and without order
// ids, however the rows are spread over files and in whatever order they come.
func TestReduceProperty(t *testing.T) {
	e := openEngine(t, 2)
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(drawRow), 1, 60).Draw(rt, "rows")
		r := drawRequest(rt)
		want, wantOdd := naive(rows, r)
		if r.Activity != nil && !r.Activity.Orders {
			want.Activity.Orders = nil
		}

		shuffled := rapid.Permutation(rows).Draw(rt, "shuffled")
		cut := rapid.IntRange(1, len(rows)).Draw(rt, "cut")
		files := [][]row{shuffled[:cut]}
		if cut < len(rows) {
			files = append(files, shuffled[cut:])
		}
		got, odd := reduce(t, e, [][][]row{files}, r)
		requireEqualTables(rt, want, got)
		require.Equal(rt, wantOdd, odd)
		require.Equal(rt, want.Len(), got.Len())
	})
}

// Enough rows that the engine shares them out: the result is the same to the
// last bit for one thread and for two, and for rows in any order.
func TestThreadsAndOrderDoNotMatter(t *testing.T) {
	const n = 150_000
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]row, n)
	for i := range rows {
		r := row{
			customer: fmt.Sprintf("c%d", random.IntN(3_000)), order: fmt.Sprintf("o%d", random.IntN(40_000)),
			day: 19_000 + random.Int32N(800), amount: random.Int64N(90_000_000), cost: random.Int64N(9_000_000),
			isReturn: random.IntN(20) == 0, label: string(rune('8' + random.IntN(4))),
		}
		if r.isReturn {
			r.amount, r.cost = -r.amount, -r.cost
		}
		rows[i] = r
	}
	r := customers.Request{HasCost: true, HasOrders: true, Attributes: []string{"label"}, FirstLabels: []string{"label"}, RFMFrom: day(19_400), KeepDays: true, KeepSpend: true}
	r.Activity = &customers.ActivityRequest{From: day(19_300), Numbers: []string{"label"}, Orders: true}
	want, wantOdd := naive(rows, r)
	one, odd := reduce(t, openEngine(t, 1), [][][]row{{rows}}, r)
	requireEqualTables(t, want, one)
	require.Equal(t, wantOdd, odd)
	random.Shuffle(n, func(i, k int) { rows[i], rows[k] = rows[k], rows[i] })
	for _, threads := range []int{1, 2} {
		again, odd := reduce(t, openEngine(t, threads), [][][]row{{rows[:n/3], rows[n/3:]}}, r)
		require.Equal(t, one, again)
		require.Equal(t, wantOdd, odd)
	}
}
