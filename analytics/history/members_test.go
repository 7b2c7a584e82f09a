package history_test

import (
	"io/fs"
	"math"
	"path/filepath"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
	"clientele/analytics/ledger"
	"clientele/analytics/publish"
)

// publishState publishes a night that remembers the given columns.
func publishState(t testing.TB, dir, asOf string, columns ...publish.Col) string {
	t.Helper()
	s, err := publish.Begin(dir, name, day(t, asOf))
	require.NoError(t, err)
	table, err := publish.NewTable(nil, columns...)
	require.NoError(t, err)
	defer table.Release()
	f, err := s.Create(history.StateFile)
	require.NoError(t, err)
	_, err = publish.WriteParquet(f, table.Schema(), publish.Batches(table), publish.ParquetOptions{RowGroupRows: 2})
	require.NoError(t, err)
	require.NoError(t, f.Close())
	path, err := s.Commit(map[string]any{"run_id": "run of " + asOf, "as_of": asOf, "settings": settings(t, "")})
	require.NoError(t, err)
	return path
}

func TestMembersComeBackAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	some := []bool{true, false, true}
	path := publishState(t, dir, "2024-01-02",
		publish.Col{Name: "customer_id", Values: []string{"a", "b", "ç"}},
		publish.Col{Name: "tier", Values: []string{"gold", "", "gold"}},
		publish.Col{Name: "orders", Values: []int64{3, 4, 5}, Valid: some},
		publish.Col{Name: "clv", Values: []float64{1.5, 0, 2.5}, Valid: some},
		publish.Col{Name: "since", Values: []time.Time{day(t, "1970-01-02"), {}, day(t, "1969-12-31")}},
		publish.Col{Name: "net", Values: []decimal128.Num{decimal128.FromI64(1_500_000), {}, decimal128.FromI64(-1)}, Scale: ledger.MoneyScale},
	)
	m := before(t, dir, "2024-01-03").Members
	alone, err := history.ReadMembers(path)
	require.NoError(t, err)
	require.Equal(t, m.ID, alone.ID) // columns hold NaN, which equals nothing
	require.Equal(t, m.Texts("tier"), alone.Texts("tier"))

	require.Equal(t, []string{"a", "b", "ç"}, m.ID)
	require.Equal(t, []string{"gold", "", "gold"}, m.Texts("tier"))
	require.Equal(t, []int64{3, 0, 5}, m.Counts("orders"))
	require.Equal(t, []int32{1, history.NoDay, -1}, m.Days("since"))
	require.Equal(t, "1.50", m.Amounts("net")[0].String())
	require.Equal(t, "-0.000001", m.Amounts("net")[2].String())
	clv := m.Numbers("clv")
	require.True(t, clv[0] == 1.5 && math.IsNaN(clv[1]) && clv[2] == 2.5)
	require.Nil(t, m.Texts("segment"), "a column that the night did not have")
}

func TestMatchLaysTwoNightsSideBySide(t *testing.T) {
	m := &history.Members{ID: []string{"a", "c", "d", "f"}}
	was, gone := m.Match([]string{"b", "c", "e", "f", "g"})
	require.Equal(t, []int{-1, 1, -1, 3, -1}, was)
	require.Equal(t, []int{0, 2}, gone)

	var none *history.Members
	was, gone = none.Match([]string{"a"})
	require.Equal(t, []int{-1}, was)
	require.Empty(t, gone)
}

func TestNightThatRemembersNobody(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	require.Nil(t, before(t, dir, "2024-01-03").Members)
	_, err := history.ReadMembers(path)
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestDamagedState(t *testing.T) {
	for _, c := range []struct {
		name, want string
		columns    []publish.Col
	}{
		{"no ids", "it has no column customer_id", []publish.Col{{Name: "tier", Values: []string{"gold"}}}},
		{
			"out of order", `row 2 does not come after the one above it; want customers in order of id, each once`,
			[]publish.Col{{Name: "customer_id", Values: []string{"b", "a"}}},
		},
		{
			"twice", `row 3 does not come after the one above it`,
			[]publish.Col{{Name: "customer_id", Values: []string{"a", "b", "b"}}},
		},
		{"odd type", "column ok is of type bool, which no state has", []publish.Col{
			{Name: "customer_id", Values: []string{"a"}}, {Name: "ok", Values: []bool{true}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := publishState(t, dir, "2024-01-02", c.columns...)
			night, err := history.Before(dir, name, day(t, "2024-01-03"))
			require.NoError(t, err)
			err = night.Recall()
			require.ErrorContains(t, err, "previous publication "+path+": state.parquet cannot be read: "+c.want)
			require.ErrorContains(t, err, "; move the folder away to begin anew")
		})
	}
	dir := t.TempDir()
	path := publishState(t, dir, "2024-01-02", publish.Col{Name: "customer_id", Values: []string{"a"}})
	overwrite(t, path, history.StateFile, "PAR1 cut off")
	_, err := history.ReadMembers(path)
	require.ErrorContains(t, err, filepath.Join(path, history.StateFile)+" cannot be read: ")
}
