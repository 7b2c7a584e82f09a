package customers_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/customers"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/segment/interest"
)

// line is a row of an export that says what was bought; "" does not say.
type line struct {
	customer, category, product string
	day                         int32
	isReturn                    bool
}

// reduceLines loads an export into an engine that is clean and reduces it.
func reduceLines(t testing.TB, e engine.Engine, lines []line, in customers.InterestRequest) *customers.Table {
	t.Helper()
	empty(t, e)
	loadLines(t, e, lines, in)
	table, _, err := customers.Reduce(t.Context(), e, customers.Request{Interests: in})
	require.NoError(t, err)
	left, err := engine.Text(t.Context(), e, "SELECT table_name FROM duckdb_tables() WHERE table_name NOT LIKE 'sample_%' AND table_name <> 'rejects'")
	require.NoError(t, err)
	require.Empty(t, left, "what is read is dropped")
	if table.Bought != nil {
		inOrder(*table.Bought)
	}
	return table
}

func inOrder(all customers.Bought) {
	slices.SortFunc(all, func(a, b customers.BoughtThing) int {
		return cmp.Or(cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Thing, b.Thing))
	})
}

// naiveBought counts baskets by category the slow way.
func naiveBought(lines []line, in customers.InterestRequest, ids, things []string) customers.Bought {
	with, all := map[[2]string]map[int32]bool{}, map[string]map[int32]bool{}
	add := func(days map[int32]bool, day int32) map[int32]bool {
		if days == nil {
			days = map[int32]bool{}
		}
		days[day] = true
		return days
	}
	for _, l := range lines {
		if !l.isReturn && l.category != "" && l.day >= epoch(in.From) {
			at := [2]string{l.customer, l.category}
			with[at], all[l.customer] = add(with[at], l.day), add(all[l.customer], l.day)
		}
	}
	found := customers.Bought{}
	for at, days := range with {
		row, _ := slices.BinarySearch(ids, at[0])
		thing, _ := slices.BinarySearch(things, at[1])
		found = append(found, customers.BoughtThing{Customer: int32(row), Thing: int32(thing), With: int32(len(days)), All: int32(len(all[at[0]]))})
	}
	inOrder(found)
	return found
}

// loadLines loads an export.
func loadLines(t testing.TB, e engine.Engine, lines []line, in customers.InterestRequest) {
	t.Helper()
	dir := t.TempDir()
	var export, columns strings.Builder
	export.WriteString("id,day,amount,what,which\n")
	for _, l := range lines {
		amount := 1
		if l.isReturn {
			amount = -1
		}
		fmt.Fprintf(&export, "%s,%s,%d,%s,%s\n", l.customer, day(l.day).Format(time.DateOnly), amount, l.category, l.product)
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "export.csv"), []byte(export.String()), 0o600))
	columns.WriteString("customer: id, time: day, amount: amount")
	if in.Category {
		columns.WriteString(", category: what")
	}
	if in.Product {
		columns.WriteString(", product: which")
	}
	text := "name: shop\nas_of: 2100-01-01\nsources:\n  - {path: export.csv, columns: {" + columns.String() + "}}\n"
	j, err := job.Parse(filepath.Join(dir, "job.yaml"), []byte(text), nil, time.Now)
	require.NoError(t, err)
	plan, err := ledger.Prepare(t.Context(), e, j)
	require.NoError(t, err)
	require.Equal(t, in.Category, plan.HasCategory)
	require.Equal(t, in.Product, plan.HasProduct)
	require.NoError(t, plan.Load(t.Context(), j.AsOf.Day))
}

// naiveInterests counts baskets the slow way. of is what a line says was bought.
func naiveInterests(lines []line, in customers.InterestRequest, ids []string, of func(line) string) *customers.Interests {
	type pair struct{ customer, thing string }
	baskets, held := map[string]map[int32]bool{}, map[pair]map[int32]bool{}
	for _, l := range lines {
		if l.isReturn || of(l) == "" || l.day < epoch(in.From) {
			continue
		}
		at := pair{l.customer, of(l)}
		if baskets[l.customer] == nil {
			baskets[l.customer] = map[int32]bool{}
		}
		if held[at] == nil {
			held[at] = map[int32]bool{}
		}
		baskets[l.customer][l.day], held[at][l.day] = true, true
	}
	count := func(days map[int32]bool) (c interest.BasketCounts) {
		for day := range days {
			c.All++
			for k, from := range in.RecentFrom {
				if day >= epoch(from) {
					c.Recent[k]++
				}
			}
		}
		return c
	}
	out := &customers.Interests{}
	pairs := slices.SortedFunc(maps.Keys(held), func(a, b pair) int {
		return cmp.Or(strings.Compare(a.customer, b.customer), strings.Compare(a.thing, b.thing))
	})
	for _, at := range pairs {
		out.Things = append(out.Things, at.thing)
	}
	slices.Sort(out.Things)
	out.Things = slices.Compact(out.Things)
	if len(out.Things) > 0 {
		out.Input.Shift = make([]interest.ShiftSums, len(out.Things))
	}
	for _, at := range pairs {
		all, with := count(baskets[at.customer]), count(held[at])
		thing, _ := slices.BinarySearch(out.Things, at.thing)
		n, sums := float64(all.All), &out.Input.Shift[thing]
		for k := range interest.Windows {
			y, x := float64(with.Recent[k]), float64(with.All-with.Recent[k])
			m := float64(all.Recent[k])
			sums.Rise[k] += math.Floor(1e6 * y * (n - m - x) / n)
			sums.Fall[k] += math.Floor(1e6 * x * (m - y) / n)
		}
		m := float64(all.Recent[interest.Windows-1])
		if with.All < 3 || m < 1 || m == n || math.Pow((n-m)/(n+3*m), float64(with.All)) > in.FalseDiscoveries {
			continue
		}
		row, _ := slices.BinarySearch(ids, at.customer)
		if k := len(out.Customer); k == 0 || out.Customer[k-1] != int32(row) {
			out.Customer = append(out.Customer, int32(row))
			out.Input.Baskets = append(out.Input.Baskets, all)
		}
		out.Input.Pairs = append(out.Input.Pairs, interest.Pair{Customer: int32(len(out.Customer) - 1), Thing: int32(thing), With: with})
		out.LastDay = append(out.LastDay, slices.Max(slices.Collect(maps.Keys(held[at]))))
	}
	for i := range out.Input.Shift {
		for k := range interest.Windows {
			out.Input.Shift[i].Rise[k] /= 1e6
			out.Input.Shift[i].Fall[k] /= 1e6
		}
	}
	return out
}

// naiveParents adds the category of most of a product's rows.
func naiveParents(out *customers.Interests, lines []line) {
	for _, product := range out.Things {
		var its []row
		for _, l := range lines {
			if l.product == product {
				its = append(its, row{label: l.category, isReturn: l.isReturn})
			}
		}
		parent := commonest(its)
		number := int32(slices.Index(out.Parents, parent))
		switch {
		case parent == "":
			number = interest.NoParent
		case number < 0:
			number = int32(len(out.Parents))
			out.Parents = append(out.Parents, parent)
		}
		out.Input.Parent = append(out.Input.Parent, number)
	}
}

func byCategory(l line) string { return l.category }
func byProduct(l line) string  { return l.product }

// interestDays asks for days from..from+length, of which the last half is
// recent.
func interestDays(from, length int32, category, product bool) customers.InterestRequest {
	in := customers.InterestRequest{Category: category, Product: product, From: day(from), FalseDiscoveries: 0.1}
	for k, span := range interest.Spans(int(length), 0.5) {
		in.RecentFrom[k] = day(from + length - int32(span))
	}
	return in
}

func requireInterests(t require.TestingT, lines []line, in customers.InterestRequest, got *customers.Table) {
	if in.Category {
		require.Equal(t, naiveInterests(lines, in, got.ID, byCategory), got.Categories)
		require.Equal(t, naiveBought(lines, in, got.ID, got.Categories.Things), *got.Bought)
	} else {
		require.Nil(t, got.Categories)
		require.Nil(t, got.Bought)
	}
	if !in.Product {
		require.Nil(t, got.Products)
		return
	}
	want := naiveInterests(lines, in, got.ID, byProduct)
	if in.Category {
		naiveParents(want, lines)
	}
	require.Equal(t, want, got.Products)
}

func drawLine(t *rapid.T) line {
	return line{
		customer: rapid.SampledFrom([]string{"c1", "c2", "C1"}).Draw(t, "customer"),
		day:      rapid.Int32Range(19_723, 19_744).Draw(t, "day"),
		category: rapid.SampledFrom([]string{"", "tea", "tea", "Éclair"}).Draw(t, "category"),
		product:  rapid.SampledFrom([]string{"", "p1", "p2", "p2"}).Draw(t, "product"),
		isReturn: rapid.IntRange(0, 9).Draw(t, "kind") == 0,
	}
}

// The SQL counts what the slow way counts.
func TestInterestsProperty(t *testing.T) {
	e := openEngine(t, 2)
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(rapid.Custom(drawLine), 1, 90).Draw(rt, "lines")
		lines = append(lines, line{customer: "c1", day: 19_723}) // somebody bought something
		in := interestDays(rapid.Int32Range(19_720, 19_728).Draw(rt, "from"), 24, rapid.Bool().Draw(rt, "category"), rapid.Bool().Draw(rt, "product"))
		requireInterests(rt, lines, in, reduceLines(t, e, lines, in))
	})
}

// Enough rows that the engine shares them out: the sums of a thing do not
// depend on threads.
func TestInterestsOfManyThreads(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	lines := make([]line, 60_000)
	for i := range lines {
		lines[i] = line{
			customer: fmt.Sprintf("c%d", random.IntN(800)), day: 19_000 + random.Int32N(700),
			category: string(rune('a' + random.IntN(6))), product: fmt.Sprintf("p%d", random.IntN(30)),
		}
	}
	in := interestDays(19_000, 700, true, true)
	one := reduceLines(t, openEngine(t, 1), lines, in)
	requireInterests(t, lines, in, one)
	require.Greater(t, len(one.Categories.Input.Pairs), 3_000)
	require.Equal(t, one, reduceLines(t, openEngine(t, 2), lines, in))
}
