package analytics_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// Every column that a night remembers is among those that the next one knows, and all
// that those ask for is there: a column that is added to one place alone fails here.
func TestStateColumnsAreKnown(t *testing.T) {
	const rows = "a,2025-06-30,100\na,2026-05-30,50\nb,2026-01-01,80\nb,2026-06-29,20\n"
	settings := []string{
		"tiers={returns: reverse, levels: [{name: gold, qualify: {spend: 50}}]}", "clv.model=nbd", "rfm.weights={r: 1, f: 1, m: 1}",
		"sources.0.columns.channel=\"'web'\"", "clv.costs.acquisition={channels: {web: 2}, default: 1}",
	}
	first := publishCSV(t, rows, append(settings, "as_of=2026-06-29")...)
	f, err := os.Open(filepath.Join(first.Path, publication.StateFile))
	require.NoError(t, err)
	state, err := file.NewParquetReader(f)
	require.NoError(t, err)
	defer func() { require.NoError(t, state.Close()) }()
	known := map[string]bool{}
	for _, c := range column.State {
		known[c.Name] = true
	}
	names := state.MetaData().Schema
	for i := range names.NumColumns() {
		name := names.Column(i).Name()
		require.True(t, known[name], "%s is not among column.State", name)
		delete(known, name)
	}
	requireFull(t, first.Path, publication.StateFile, column.State)
	requireFull(t, first.Path, publication.CustomersParquet, column.Customers)
	require.Empty(t, known, "no night remembers these")
	p, err := publication.Open(first.Path)
	require.NoError(t, err)
	_, err = p.ReadState(column.State) // which checks their types
	require.NoError(t, err)
	_, err = next(t, first, analytics.Options{}, settings...)
	require.NoError(t, err)
}

// requireFull requires that no cell of a table is empty but in columns that may have
// empty cells, and that some of those do.
func requireFull(t *testing.T, path, name string, columns []*column.Column) {
	t.Helper()
	f, err := os.Open(filepath.Join(path, name))
	require.NoError(t, err)
	table, err := file.NewParquetReader(f)
	require.NoError(t, err)
	defer func() { require.NoError(t, table.Close()) }()
	empty := int64(0)
	for i := range table.MetaData().Schema.NumColumns() {
		name := table.MetaData().Schema.Column(i).Name()
		c, known := column.Named(columns, name)
		if name == "channel" { // an attribute, by which a cost of winning customers goes
			continue
		}
		require.True(t, known, name)
		chunk, err := table.MetaData().RowGroup(0).ColumnChunk(i)
		require.NoError(t, err)
		statistics, err := chunk.Statistics()
		require.NoError(t, err)
		require.True(t, statistics.HasNullCount())
		if !c.Nullable {
			require.Zero(t, statistics.NullCount(), "%s of %s has an empty cell", c.Name, name)
		}
		empty += statistics.NullCount()
	}
	require.Positive(t, empty)
}
