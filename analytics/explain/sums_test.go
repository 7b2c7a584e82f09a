package explain_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/equity"
	"clientele/analytics/explain"
	"clientele/analytics/publication/cause"
	"clientele/internal/money"
)

// Of every other customer of the bundled shop all that adds up is held against the files,
// read by the standard library.
func TestSumsOfTheBundledShop(t *testing.T) {
	out := t.TempDir()
	_, then := table(t, publish(t, bundled, out, "2026-05-31"))
	path := publish(t, bundled, out, "2026-06-30")
	_, now := table(t, path)
	r := open(t, path)
	seen := map[cause.Cause]bool{}
	for _, id := range everyNth(now, 2) {
		row := now[id]
		c, err := r.Of(id)
		require.NoError(t, err)
		requireLines(t, c, row)
		requireParts(t, c, row, then[id])
		for _, p := range c.Change.Parts {
			seen[p.Cause] = true
			require.NotContains(t, []cause.Cause{cause.Unexplained, cause.Unsplit, cause.RuleChanged}, p.Cause, id)
		}
		requireTextAddsUp(t, c)
		requireScores(t, c)
	}
	require.True(t, seen[cause.TimePassed] && seen[cause.Bought] && seen[cause.ModelMoved], "%v", seen)
}

// everyNth are some of the customers of a table.
func everyNth(rows map[string]map[string]string, n int) (ids []string) {
	for i, id := range slices.Sorted(maps.Keys(rows)) {
		if i%n == 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// requireLines holds the ledgers against the published values.
func requireLines(t *testing.T, c *explain.Customer, row map[string]string) {
	t.Helper()
	for name, of := range map[string]*explain.Ledger{"past_value": c.PastValue, "future_value": c.FutureValue} {
		require.NotNil(t, of, name)
		var sum money.Amount
		for _, l := range of.Lines {
			sum = sum.Plus(l.Amount)
			require.NotEqual(t, explain.LineRest, l.What, "%s of %s", name, c.ID)
		}
		require.Equal(t, amount(t, row[name]), sum, "%s of %s", name, c.ID)
		require.Equal(t, sum, of.Total)
	}
	require.True(t, c.Outlook.Recomputed, c.ID)
}

// requireParts holds the parts of a change against the published values of both nights.
func requireParts(t *testing.T, c *explain.Customer, now, then map[string]string) {
	t.Helper()
	if then == nil {
		require.Equal(t, explain.NewCustomer, c.Change.Unknown)
		value := amount(t, now["future_value"])
		require.Equal(t, []explain.EquityLine{{Line: equity.NewCustomers, Amount: value}, {Line: equity.Closing, Amount: value}}, c.Change.Equity)
		return
	}
	require.Empty(t, c.Change.Unknown, c.ID)
	var past, future, both money.Amount
	for _, p := range c.Change.Parts {
		past, future, both = past.Plus(p.PastValue), future.Plus(p.FutureValue), both.Plus(p.CLV)
		if p.Cause == cause.Bought {
			require.NotEqual(t, then["last_day"], now["last_day"], c.ID)
		}
	}
	for _, s := range c.Change.Switches {
		if s.Column == "r" || s.Column == "f" || s.Column == "m" {
			require.Equal(t, then[s.Column], s.Was)
			require.Equal(t, now[s.Column], s.Is)
			require.NotEmpty(t, s.Why, "%s: %+v", c.ID, s)
		}
	}
	for name, sum := range map[string]money.Amount{"past_value": past, "future_value": future, "clv": both} {
		require.Equal(t, amount(t, now[name]).Minus(amount(t, then[name])), sum, "%s of %s", name, c.ID)
	}
}

// requireTextAddsUp adds up what is printed: below a table's lines stands their sum, to the
// cent.
func requireTextAddsUp(t *testing.T, c *explain.Customer) {
	t.Helper()
	tables := 0
	for _, b := range c.Text("en") {
		if b.Table == nil {
			continue
		}
		tables++
		rows := b.Table.Rows
		last := len(rows) - 1
		for column := 1; column <= b.Table.Numbers; column++ {
			line, total := int64(0), int64(0)
			for i, row := range rows {
				v := figureOf(t, row[column])
				switch {
				case strings.HasPrefix(row[0], " ") || i == 0 && b.Table.Numbers > 1: // a line, or what it was
					line += v
				case i < last:
					require.Equal(t, line, v, "%s: %v", c.ID, rows)
					line, total = 0, total+v
				default:
					require.Equal(t, total+line, v, "%s: %v", c.ID, rows)
				}
			}
		}
		if b.Table.Numbers == 3 {
			for _, row := range rows {
				require.Equal(t, figureOf(t, row[3]), figureOf(t, row[1])+figureOf(t, row[2]), "%v", row)
			}
		}
	}
	require.Positive(t, tables)
}

// requireScores holds values against the cut points that they stand between.
func requireScores(t *testing.T, c *explain.Customer) {
	t.Helper()
	for _, s := range c.Scores.Scores {
		if s.Above != nil {
			require.Greater(t, s.Value, *s.Above)
		}
		if s.UpTo != nil && (s.Column != "m" || s.Value > 0) {
			require.LessOrEqual(t, s.Value, *s.UpTo)
		}
		require.Equal(t, s.UpTo == nil, s.Next == nil && s.Falls == nil)
	}
}

// Whatever changes between two nights, the parts of the change of each fourth customer add up,
// and nothing is left that the publications do not explain.
func TestPartsAddUpWhateverChanges(t *testing.T) {
	plain := []string{"clv.model=pareto-nbd", "stages=off", "tiers=off"}
	for name, tt := range map[string]struct {
		first, second []string
		want          []cause.Cause
	}{
		"prices": {
			second: []string{"clv.margin=0.3", "clv.discount_rate=0.2", "clv.horizon=12 months", "clv.costs.per_order=2", "clv.costs.per_year_alive=3"},
			want:   []cause.Cause{cause.TimePassed, cause.Bought, cause.ModelMoved, cause.RuleChanged},
		},
		"costs of winning customers": {
			first:  []string{"clv.costs.acquisition={channels: {web: 7}, default: 2}"},
			second: []string{"clv.costs.acquisition={channels: {web: 8.5, shop: 3}, default: 2}"},
			want:   []cause.Cause{cause.TimePassed, cause.Bought, cause.ModelMoved, cause.RuleChanged},
		},
		"model and unit": {
			first:  []string{"clv.costs.per_order=0"},
			second: []string{"clv.model=bg-cnbd-k", "clv.unit=month", "clv.costs.per_order=1"},
			want:   []cause.Cause{cause.TimePassed, cause.Bought, cause.ModelMoved, cause.RuleChanged},
		},
		"for ever": {
			first:  []string{"clv.horizon=forever", "clv.costs.per_year_alive=1"},
			second: []string{"clv.horizon=forever", "clv.costs.per_year_alive=1"},
			want:   []cause.Cause{cause.TimePassed, cause.Bought, cause.ModelMoved},
		},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			_, then := table(t, publish(t, bundled, out, "2026-03-31", append(plain, tt.first...)...))
			path := publish(t, bundled, out, "2026-05-31", append(plain, tt.second...)...)
			_, now := table(t, path)
			r := open(t, path)
			seen := map[cause.Cause]bool{}
			for _, id := range everyNth(now, 4) {
				row := now[id]
				c, err := r.Of(id)
				require.NoError(t, err)
				requireLines(t, c, row)
				requireParts(t, c, row, then[id])
				requireTextAddsUp(t, c)
				for _, p := range c.Change.Parts {
					seen[p.Cause] = true
				}
			}
			for _, cause := range tt.want {
				require.True(t, seen[cause], cause)
			}
			for _, cause := range []cause.Cause{cause.Unexplained, cause.Unsplit} {
				require.False(t, seen[cause], cause)
			}
		})
	}
}
