package history_test

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// always is a state with what every state has, of so many customers.
func always(t testing.TB, ids ...string) []publish.Col {
	t.Helper()
	columns := []publish.Col{{Name: "customer_id", Values: ids}}
	for _, c := range oneCustomer(t, "2024-01-02")[1:6] {
		switch one := c.Values.(type) {
		case []int64:
			c.Values = slices.Repeat(one, len(ids))
		case []time.Time:
			c.Values = slices.Repeat(one, len(ids))
		case []decimal128.Num:
			c.Values = slices.Repeat(one, len(ids))
		}
		columns = append(columns, c)
	}
	return columns
}

// with puts columns in the place of those of their names, or behind them.
func with(columns []publish.Col, more ...publish.Col) []publish.Col {
	columns = slices.Clone(columns)
	for _, c := range more {
		if at := slices.IndexFunc(columns, func(b publish.Col) bool { return b.Name == c.Name }); at >= 0 {
			columns[at] = c
		} else {
			columns = append(columns, c)
		}
	}
	return columns
}

// without takes a column away.
func without(columns []publish.Col, name string) []publish.Col {
	return slices.DeleteFunc(slices.Clone(columns), func(c publish.Col) bool { return c.Name == name })
}

func publishState(t testing.TB, dir, more string, columns []publish.Col) string {
	t.Helper()
	j := settings(t, more)
	files := map[string]any{}
	if j.Stages != nil {
		files[publication.PanelFile] = panel(t, "2024-01-02")
	}
	return publishFiles(t, dir, "2024-01-02", j, files, columns)
}

func TestMembersComeBackAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	some := []bool{true, false, true}
	path := publishState(t, dir, nothing, with(always(t, "a", "b", "ç"),
		publish.Col{Name: "tier", Values: []string{"gold", "", "gold"}},
		publish.Col{Name: "orders", Values: []int64{3, 4, 5}, Valid: some},
		publish.Col{Name: "clv", Values: []float64{1.5, 0, 2.5}, Valid: some},
		publish.Col{Name: "first_day", Values: []time.Time{day(t, "1970-01-02"), {}, day(t, "1969-12-31")}},
		publish.Col{Name: "net", Values: []decimal128.Num{decimal128.FromI64(1_500_000), {}, decimal128.FromI64(-1)}, Scale: money.Scale},
		publish.Col{Name: "of a later version", Values: []bool{true, true, true}},
	))
	m := before(t, dir, "2024-01-03").Members
	p, err := publication.Open(path)
	require.NoError(t, err)
	alone, err := p.ReadState(column.State)
	require.NoError(t, err)
	require.Equal(t, m.ID, alone.ID) // columns hold NaN, which equals nothing
	require.Equal(t, m.Texts(column.Tier).Cells(), alone.Texts(column.Tier).Cells())

	require.Equal(t, []string{"a", "b", "ç"}, m.ID)
	require.Equal(t, []string{"gold", "", "gold"}, m.Texts(column.Tier).Cells())
	require.Equal(t, []int64{3, 0, 5}, m.Counts(column.Orders))
	require.Equal(t, []int32{1, calendar.NoDay, -1}, m.Days(column.FirstDay))
	require.Equal(t, "1.50", m.Amounts(column.Net)[0].String())
	require.Equal(t, "-0.000001", m.Amounts(column.Net)[2].String())
	clv := m.Numbers(column.CLV)
	require.True(t, clv[0] == 1.5 && math.IsNaN(clv[1]) && clv[2] == 2.5)
	require.Nil(t, m.Texts(column.Segment), "a column that the night did not have")
}

// Of what is kept of a state, columns that were let go of are read again when somebody asks.
func TestColumnsThatWereLetGoOfAreReadAgain(t *testing.T) {
	dir := t.TempDir()
	path := publishState(t, dir, nothing, always(t, "a", "b"))
	n, err := history.Before(dir, name, day(t, "2024-01-03"))
	require.NoError(t, err)
	require.NoError(t, n.Recall([]*column.Column{column.Orders}))
	require.Panics(t, func() { n.Members.Days(column.LastDay) })
	p, err := publication.Open(path)
	require.NoError(t, err)
	p.KeepState(n.Members)
	for range 2 { // the second time from memory
		s, err := p.ReadStateColumns(column.Orders, column.LastDay)
		require.NoError(t, err)
		require.Equal(t, []string{"a", "b"}, s.ID)
		require.Len(t, s.Counts(column.Orders), 2)
		require.Len(t, s.Days(column.LastDay), 2)
	}
}

func TestMatchLaysTwoNightsSideBySide(t *testing.T) {
	m := &publication.State{ID: []string{"a", "c", "d", "f"}}
	was, gone := m.Match([]string{"b", "c", "e", "f", "g"})
	require.Equal(t, []int{-1, 1, -1, 3, -1}, was)
	require.Equal(t, []int{0, 2}, gone)

	var none *publication.State
	was, gone = none.Match([]string{"a"})
	require.Equal(t, []int{-1}, was)
	require.Empty(t, gone)
}

// A state whose bytes are what run.json says, but that no night of this version
// writes, is refused in words that name the version that wrote it.
func TestStateOfAnotherVersion(t *testing.T) {
	const tiers = nothing + "tiers: [{name: gold, qualify: {spend: 9}}]\n"
	whole := oneCustomer(t, "2024-01-02")
	days := func(name string) publish.Col {
		return publish.Col{Name: name, Values: []time.Time{day(t, "2024-01-02")}}
	}
	for _, c := range []struct {
		name, settings, want string
		columns              []publish.Col
	}{
		{"no ids", nothing, "it has no column customer_id", without(whole, "customer_id")},
		{"no spend", nothing, "it has no column net", without(whole, "net")},
		{"no tier", tiers, "it has no column tier, though tiers was on that night", without(whole, "tier")},
		{"a column of tiers less", tiers, "it has no column tier_anchor, though tiers was on that night", without(whole, "tier_anchor")},
		{"no stage", "rfm: off\nclv: off\n", "it has no column stage_trace, though stages was on that night", without(whole, "stage_trace")},
		{
			"another type", nothing, "column orders is of type float64; want a column of type whole number",
			with(whole, publish.Col{Name: "orders", Values: []float64{1}}),
		},
		{
			"another type of an optional one", nothing, "column rfm_score is of type utf8; want a column of type number",
			with(whole, publish.Col{Name: "rfm_score", Values: []string{"1"}}),
		},
		{
			"cents", nothing, "column net is of type decimal(38, 2); want a column of type amount",
			with(whole, publish.Col{Name: "net", Values: []decimal128.Num{decimal128.FromI64(1)}, Scale: 2}),
		},
		{"text for day", nothing, "column first_day is of type utf8; want a column of type day", with(whole, publish.Col{Name: "first_day", Values: []string{"x"}})},
		{"day for text", nothing, "column customer_id is of type date32; want a column of type text", with(whole, days("customer_id"))},
		{"below nothing", nothing, "row 1: orders is out of its range", with(whole, publish.Col{Name: "orders", Values: []int64{-1}})},
		{"beyond a score", nothing, "row 1: r is out of its range", with(whole, publish.Col{Name: "r", Values: []int64{10}})},
		{"beyond 32 bits", nothing, "row 1: purchase_days is out of its range", with(whole, publish.Col{Name: "purchase_days", Values: []int64{1 << 31}})},
		{"no such day", nothing, "row 1: tier_since is out of its range", with(whole, publish.Col{Name: "tier_since", Values: []arrow.Date32{math.MaxInt32}})},
		{
			"out of order", nothing, "row 2: its customer comes before that of the row above, or is the same; want them in order of id, each once",
			always(t, "b", "a"),
		},
		{"one twice", nothing, "row 3: its customer comes before that of the row above, or is the same; want them in order of id, each once", always(t, "a", "b", "b")},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			publishState(t, dir, c.settings, c.columns)
			requireDamage(t, dir, publication.StateFile, c.want+" (it was written by clientele 0.0.9)")
		})
	}
	for _, name := range []string{"rfm_score", "tier_rests", "anchor_stage", "former_rate", "expected_spend"} {
		dir := t.TempDir()
		publishFiles(t, dir, "2024-01-02", settings(t, "tiers: [{name: gold, qualify: {spend: 9}}]\n"), map[string]any{
			publication.CutPointsFile: cutPoints("2024-01-02"), publication.ModelFile: json.RawMessage(modelFile), publication.PanelFile: panel(t, "2024-01-02"),
		}, without(whole, name))
		require.NotNil(t, before(t, dir, "2024-01-03").Members, "settings, or an earlier version, may do without %s", name)
	}
}

// Whatever stands in the place of the state, with a run.json that says so.
func TestStateThatIsNoParquet(t *testing.T) {
	dir := t.TempDir()
	path := publishState(t, dir, nothing, always(t, "a"))
	whole, err := os.ReadFile(filepath.Join(path, publication.StateFile))
	require.NoError(t, err)
	for _, content := range []string{"", "PAR1", "PAR1 cut off", string(whole[:len(whole)/2]), string(whole[:len(whole)-1]), string(whole[4:])} {
		forge(t, path, publication.StateFile, content)
		n, err := history.Before(dir, name, day(t, "2024-01-03"))
		require.NoError(t, err)
		err = n.Recall(column.State)
		require.ErrorContains(t, err, filepath.Join(path, publication.StateFile)+": ")
		require.ErrorContains(t, err, " (it was written by clientele 0.0.9)"+wayOut("2024-01-02"))
	}
	// Any byte of it may be another one.
	dice := rand.New(rand.NewPCG(2024, 1))
	for range 300 {
		content := bytes.Clone(whole)
		content[dice.IntN(len(content))] ^= byte(1 + dice.IntN(255))
		forge(t, path, publication.StateFile, string(content))
		n, err := history.Before(dir, name, day(t, "2024-01-03"))
		require.NoError(t, err)
		_ = n.Recall(column.State) // an error or not, and no panic
	}
}

func TestStateOfOtherRows(t *testing.T) {
	dir := t.TempDir()
	path := publishState(t, dir, nothing, always(t, "a", "b"))
	edit(t, path, func(m map[string]any) {
		m["customers"] = 1
		m["files"].([]any)[0].(map[string]any)["rows"] = 1
	})
	requireDamage(t, dir, publication.StateFile, "it has 2 rows, run.json says 1 (it was written by clientele 0.0.9)")
}
