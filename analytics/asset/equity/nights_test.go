package equity_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/equity"
	"clientele/analytics/explain"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// shop is one whose rows come late, whose customers are joined and erased, and whose settings
// change.
type shop struct {
	dice   *rand.Rand
	dir    string
	rows   map[string][]string // by customer: day,amount
	merged map[string]string   // alias to customer
}

const shopJob = `
name: random
identity: {map: ids.csv}
sources: [{path: sales.csv, columns: {customer: customer, order: id, time: day, amount: amount}, returns: amount LIKE '-%'}]
clv: {model: pareto-nbd, margin: 0.5, costs: {per_order: 0.5, per_year_alive: 1}}
tiers: {levels: [{name: silver, qualify: {spend: 100}}, {name: gold, qualify: {spend: 300}}]}
output: {formats: [parquet], report: false}
`

func newShop(t *testing.T, seed uint64) *shop {
	s := &shop{dice: rand.New(rand.NewPCG(seed, 1)), dir: t.TempDir(), rows: map[string][]string{}, merged: map[string]string{}}
	for c := range 90 {
		id := fmt.Sprintf("c%03d", c)
		first := 19_900 + s.dice.IntN(250)
		for k := range 1 + s.dice.IntN(8) {
			s.sell(id, first+k*(5+s.dice.IntN(40)))
		}
	}
	return s
}

func (s *shop) sell(id string, day int) {
	s.rows[id] = append(s.rows[id], fmt.Sprintf("%s,%d", calendar.Format(calendar.Day(day)), 10+s.dice.IntN(60)))
}

// pick is somebody.
func (s *shop) pick() string {
	ids := slices.Sorted(maps.Keys(s.rows))
	return ids[s.dice.IntN(len(ids))]
}

// goOn is what happens between two nights.
func (s *shop) goOn(from, to int) {
	for range 12 {
		s.sell(s.pick(), from+1+s.dice.IntN(to-from))
	}
	for range 3 {
		s.sell(s.pick(), 19_950+s.dice.IntN(100)) // late
	}
	s.rows[s.pick()] = append(s.rows[s.pick()], calendar.Format(calendar.Day(to))+",-5") // given back
	s.sell(fmt.Sprintf("n%d", to), to)
	delete(s.rows, s.pick()) // erased
	if one, other := s.pick(), s.pick(); one != other && s.merged[one] == "" && s.merged[other] == "" {
		s.merged[one] = other
	}
}

func (s *shop) write(t *testing.T) {
	sales, ids := strings.Builder{}, strings.Builder{}
	sales.WriteString("customer,id,day,amount\n")
	ids.WriteString("alias,customer\n")
	n := 0
	for _, id := range slices.Sorted(maps.Keys(s.rows)) {
		for _, row := range s.rows[id] {
			n++
			fmt.Fprintf(&sales, "%s,o%d,%s\n", id, n, row)
		}
	}
	for _, alias := range slices.Sorted(maps.Keys(s.merged)) {
		fmt.Fprintf(&ids, "%s,%s\n", alias, s.merged[alias])
	}
	write(t, s.dir, "sales.csv", sales.String())
	write(t, s.dir, "ids.csv", ids.String())
	write(t, s.dir, "job.yaml", shopJob)
}

// Whatever happens between nights, every ledger closes exactly, for the total, every group and
// every customer; the next one opens where it closed; nothing is unexplained; and nights add
// up.
func TestRandomNightsClose(t *testing.T) {
	seen := map[equity.Line]bool{}
	for seed := range uint64(3) {
		s, out := newShop(t, seed), t.TempDir()
		nights, day := []*publication.Publication{}, 20_250
		for k := range 4 {
			s.write(t)
			var settings []string
			if k == 2 {
				settings = []string{"clv.margin=0.4", "clv.horizon=24 months", "output.purchases=false"}
			}
			p := publish(t, filepath.Join(s.dir, "job.yaml"), out, calendar.Format(calendar.Day(day)), settings...)
			nights = append(nights, p)
			requireNight(t, nights, seen)
			next := day + 1 + s.dice.IntN(40)
			s.goOn(day, next)
			day = next
		}
		requireChain(t, nights)
	}
	for _, line := range equity.All {
		if line != equity.Unexplained {
			require.True(t, seen[line], "no night had %s", line)
		}
	}
}

// requireNight looks at the last night.
func requireNight(t *testing.T, nights []*publication.Publication, seen map[equity.Line]bool) {
	t.Helper()
	p := nights[len(nights)-1]
	l := read(t, p)
	requireCloses(t, l)
	total := l.Total()
	require.Equal(t, p.Equity.Value, total[equity.Closing])
	require.Equal(t, money.Amount{}, total[equity.Unexplained])
	for _, g := range l {
		for _, line := range equity.All {
			seen[line] = seen[line] || g.Lines[line] != money.Amount{}
		}
	}
	var before *publication.Publication
	if len(nights) > 1 {
		before = nights[len(nights)-2]
		require.Equal(t, read(t, before).Total()[equity.Closing], total[equity.Opening])
		requireCustomers(t, before, p, total)
	} else {
		require.Equal(t, total[equity.NewCustomers], total[equity.Closing])
	}
	for _, workers := range []int{1, 3} {
		again, err := equity.Between(before, p, workers)
		require.NoError(t, err)
		require.Equal(t, l, again, "as the run had it, read from publications, with %d threads", workers)
	}
}

// requireCustomers adds up the lines of each customer, and holds what explain says of some
// against them.
func requireCustomers(t *testing.T, before, night *publication.Publication, total equity.Lines) {
	t.Helper()
	all, err := equity.CustomersBetween(before, night)
	require.NoError(t, err)
	reader, err := explain.Open(night)
	require.NoError(t, err)
	var got equity.Lines
	explained := 0
	for _, id := range slices.Sorted(maps.Keys(all)) {
		lines := all[id]
		require.Equal(t, money.Amount{}, lines.Left(), id)
		for _, line := range equity.All {
			got[line] = got[line].Plus(lines[line])
		}
		if lines[equity.Opening] != (money.Amount{}) && lines[equity.Closing] != (money.Amount{}) && (explained < 4 || lines[equity.Corrected] != money.Amount{}) {
			explained++
			requireExplained(t, reader, id, lines)
		}
		if lines[equity.Opening] == (money.Amount{}) && lines[equity.Closing] != (money.Amount{}) {
			requireEntered(t, reader, id, lines)
		}
	}
	require.Equal(t, total, got)
	require.GreaterOrEqual(t, explained, 4)
}

// requireEntered holds what explain says of a customer whom the night before did not list
// against the line of the ledger, where that is so.
func requireEntered(t *testing.T, reader *explain.Reader, id string, want equity.Lines) {
	t.Helper()
	c, err := reader.Of(id)
	require.NoError(t, err)
	if c.Change.Unknown == "" {
		return // it was there, and worth nothing
	}
	require.Len(t, c.Change.Equity, 2, id)
	require.Equal(t, want[equity.Closing], c.Change.Equity[0].Amount, id)
	require.Equal(t, want[equity.Closing], want[c.Change.Equity[0].Line], "%s: %s", id, c.Change.Equity[0].Line)
	require.Equal(t, explain.EquityLine{Line: equity.Closing, Amount: want[equity.Closing]}, c.Change.Equity[1])
}

// requireExplained holds what explain says of a customer against the lines of the ledger: to
// far below a cent, as what many customers share is interpolated.
func requireExplained(t *testing.T, reader *explain.Reader, id string, want equity.Lines) {
	t.Helper()
	c, err := reader.Of(id)
	require.NoError(t, err)
	require.Empty(t, c.Change.Unknown)
	var own equity.Lines
	for _, l := range c.Change.Equity {
		own[l.Line] = l.Amount
	}
	for _, line := range equity.All {
		require.InDelta(t, want[line].Float(), own[line].Float(), 1e-4, "%s: %s", id, line)
	}
	require.Equal(t, money.Amount{}, own.Left(), id)
	byCause := money.Amount{}
	for _, part := range c.Change.Parts {
		byCause = byCause.Plus(part.FutureValue)
	}
	require.Equal(t, byCause, own[equity.Closing].Minus(own[equity.Opening]), id)
}

// requireChain holds the ledger over all nights against those of single ones.
func requireChain(t *testing.T, nights []*publication.Publication) {
	t.Helper()
	last := len(nights) - 1
	over, err := equity.Over(nights[0], nights[last])
	require.NoError(t, err)
	require.Equal(t, last, over.Nights)
	requireCloses(t, over.Ledger)
	total := over.Ledger.Total()
	require.Equal(t, nights[0].Equity.Value, total[equity.Opening])
	require.Equal(t, nights[last].Equity.Value, total[equity.Closing])
	for _, line := range equity.All {
		if line.Movement() {
			var want money.Amount
			for _, p := range nights[1:] {
				want = want.Plus(read(t, p).Total()[line])
			}
			require.Equal(t, want, total[line], line)
		}
	}
	part, err := equity.Over(nights[1], nights[2])
	require.NoError(t, err)
	require.Equal(t, equity.Span{Ledger: read(t, nights[2]), Nights: 1}, part)
}

// Without the nights between, the ends are held against each other, and close too.
func TestWithoutTheNightsBetween(t *testing.T) {
	out, elsewhere := t.TempDir(), t.TempDir()
	first := publish(t, bundled, out, "2026-03-31", "clv.model=pareto-nbd")
	second := publish(t, bundled, elsewhere, "2026-06-30", "clv.model=pareto-nbd")
	over, err := equity.Over(first, second)
	require.NoError(t, err)
	require.Zero(t, over.Nights)
	requireCloses(t, over.Ledger)
	total := over.Ledger.Total()
	require.Equal(t, first.Equity.Value, total[equity.Opening])
	require.Equal(t, second.Equity.Value, total[equity.Closing])
	same, err := equity.Between(second, second, 2)
	require.NoError(t, err)
	for _, line := range equity.All {
		if line.Movement() {
			require.InDelta(t, 0, same.Total()[line].Float(), 0.001, "from a night to itself nothing moves: %s", line)
		}
	}
}
