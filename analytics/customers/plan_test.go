package customers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/customers"
	"clientele/analytics/engine"
)

// fullRequest asks for everything.
func fullRequest(hasOrders bool) customers.Request {
	return customers.Request{
		HasCost: true, HasOrders: hasOrders, Attributes: []string{"channel", "label"}, FirstLabels: []string{"label", "channel"}, KeepSpend: true,
		Activity:  &customers.ActivityRequest{From: day(0), Numbers: []string{"label"}, Orders: true},
		Interests: interestDays(0, 24, true, true),
	}
}

// The first grain alone reads the ledger, the second what the first made, and nothing
// is made that nobody reads.
func TestPlanReadsOneWay(t *testing.T) {
	for _, r := range []customers.Request{{}, {HasOrders: true}, fullRequest(true), fullRequest(false)} {
		plan, _, err := customers.Plan(r)
		require.NoError(t, err)
		made, read := map[string]bool{}, map[string]bool{}
		for _, s := range plan.Parts {
			require.Equal(t, []string{"ledger"}, s.From, s.Name)
			require.Nil(t, s.Take, s.Name)
			require.Contains(t, s.SQL, "FROM ledger\n", s.Name)
			made[s.Name] = true
		}
		for _, s := range plan.Customers {
			require.NotContains(t, withoutComments(s.SQL), "ledger", s.Name)
			for _, from := range s.From {
				require.True(t, made[from], "%s reads %s, which is not made before", s.Name, from)
				require.Contains(t, s.SQL, "FROM "+from, s.Name)
				read[from] = true
			}
			if s.Take == nil {
				made[s.Name] = true
			}
		}
		require.Equal(t, made, read, "what is made is read")
	}
}

// Rows of customers are handed over in pieces where there are many: only what comes once, or once
// for each thing, is not cut by customers.
func TestRowsOfCustomersCanBeCut(t *testing.T) {
	for _, r := range []customers.Request{fullRequest(true), {Interests: interestDays(0, 24, true, false), KeepSales: true, NewThings: true}} {
		plan, _, err := customers.Plan(r)
		require.NoError(t, err)
		for _, s := range plan.Customers {
			if s.Take == nil || s.Name == "thing" {
				continue
			}
			by := s.CutBy
			if by == "" && len(s.Order) > 0 {
				by = s.Order[0]
			}
			require.Equal(t, "customer", by, s.Name)
		}
	}
}

func withoutComments(sql string) string {
	var kept []string
	for line := range strings.Lines(sql) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// addUpRule says which rows of two parts are of one key, and which of the other columns are
// not summed.
type addUpRule struct {
	keys   []string
	merged map[string]string
}

// How the rows of two parts add up, as the headers of sql/part say, by how the name of the
// table begins.
var addedUp = map[string]addUpRule{
	"customer_order":   {[]string{"customer", "source", "order_id", "is_return"}, map[string]string{"day": "min", "last_day": "max"}},
	"customer_day":     {[]string{"customer", "day"}, map[string]string{"orders": "max", "returns": "max"}},
	"labels":           {[]string{"customer", "day", "label_0"}, nil},
	"label_count":      {[]string{"customer", "label"}, nil},
	"basket":           {[]string{"customer", "day", "thing"}, nil},
	"product_category": {[]string{"product", "category"}, nil},
}

func ruleOf(t testing.TB, table string) addUpRule {
	t.Helper()
	for begin, rule := range addedUp {
		if strings.HasPrefix(table, begin) {
			return rule
		}
	}
	require.Fail(t, "nothing says how rows add up", table)
	return addUpRule{}
}

// makeParts runs the first grain over the ledger that is loaded and keeps what it makes
// under names of their own.
func makeParts(t testing.TB, e engine.Engine, plan engine.Reduction, part int) {
	t.Helper()
	for _, s := range plan.Parts {
		require.NoError(t, e.Exec(t.Context(), fmt.Sprintf("CREATE TEMP TABLE %s_part_%d AS %s", s.Name, part, s.SQL)))
	}
	for _, table := range []string{"ledger", "rejects", "sample_0"} {
		require.NoError(t, e.Exec(t.Context(), "DROP TABLE IF EXISTS "+table))
	}
}

// addUp is the step that puts the two parts of a table together.
func addUp(t testing.TB, e engine.Engine, s engine.Step) engine.Step {
	t.Helper()
	one, two := s.Name+"_part_1", s.Name+"_part_2"
	columns, err := engine.Text(t.Context(), e, "SELECT column_name FROM duckdb_columns() WHERE table_name = $1 ORDER BY column_index", one)
	require.NoError(t, err)
	rule := ruleOf(t, s.Name)
	selected := slices.Clone(rule.keys)
	for _, c := range columns {
		if how := rule.merged[c[0]]; how != "" {
			selected = append(selected, fmt.Sprintf("%s(%s) AS %[2]s", how, c[0]))
		} else if !slices.Contains(rule.keys, c[0]) {
			// In the type that it has: the sum of integers is wider.
			selected = append(selected, fmt.Sprintf("CAST(sum(%s) AS %s) AS %[1]s", c[0], columnType(t, e, one, c[0])))
		}
	}
	union := fmt.Sprintf("(SELECT * FROM %s UNION ALL BY NAME SELECT * FROM %s)", one, two)
	return engine.Step{Name: s.Name, From: []string{one, two}, SQL: "SELECT " + strings.Join(selected, ", ") + " FROM " + union + " GROUP BY " + strings.Join(rule.keys, ", ")}
}

func columnType(t testing.TB, e engine.Engine, table, column string) string {
	t.Helper()
	found, err := engine.Text(t.Context(), e, "SELECT data_type FROM duckdb_columns() WHERE table_name = $1 AND column_name = $2", table, column)
	require.NoError(t, err)
	return found[0][0]
}

// reduceParts reduces what makeParts made of two ledgers.
func reduceParts(t testing.TB, e engine.Engine, r customers.Request) (*customers.Table, customers.Oddities) {
	t.Helper()
	plan, taken, err := customers.Plan(r)
	require.NoError(t, err)
	whole := engine.Reduction{Customers: plan.Customers}
	for _, s := range plan.Parts {
		whole.Parts = append(whole.Parts, addUp(t, e, s))
	}
	require.NoError(t, e.Reduce(t.Context(), whole))
	return taken()
}

// rounds is how many draws are tried: each loads three ledgers.
const rounds = 15

// What the first grain makes of two files adds up to what it makes of both: also of an
// order that has lines in both.
func TestPartsAddUp(t *testing.T) {
	e := openEngine(t, 2)
	for seed := range rounds {
		rows := rapid.SliceOfN(rapid.Custom(drawRow), 2, 60).Example(seed)
		r := rapid.Custom(drawRequest).Example(seed)
		want, wantOdd := reduce(t, e, [][][]row{{rows}}, r)

		empty(t, e)
		plan, _, err := customers.Plan(r)
		require.NoError(t, err)
		for i, part := range [][]row{rows[:len(rows)/2], rows[len(rows)/2:]} {
			load(t, e, [][][]row{{part}}, r)
			makeParts(t, e, plan, i+1)
		}
		got, odd := reduceParts(t, e, r)
		requireEqualTables(t, want, got)
		require.Equal(t, wantOdd, odd)
	}
}

// The same of baskets, and of the categories of products.
func TestBasketsAddUp(t *testing.T) {
	e := openEngine(t, 2)
	in := interestDays(19_722, 24, true, true)
	for seed := range rounds {
		lines := rapid.SliceOfN(rapid.Custom(drawLine), 2, 90).Example(seed)
		lines = append(lines, line{customer: "c1", day: 19_723}) // somebody bought something
		want := reduceLines(t, e, lines, in)

		empty(t, e)
		plan, _, err := customers.Plan(customers.Request{Interests: in})
		require.NoError(t, err)
		for i, part := range [][]line{lines[:len(lines)/2], lines[len(lines)/2:]} {
			loadLines(t, e, part, in)
			makeParts(t, e, plan, i+1)
		}
		got, _ := reduceParts(t, e, customers.Request{Interests: in})
		inOrder(*got.Bought)
		require.Equal(t, want, got)
	}
}
