package analytics_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/require"
)

// A number that tiers count is published as the sum by which they are earned
// tonight, to the last digit, and no more as its most frequent value; a label stays
// what it is.
func TestNumbersThatTiersCountArePublishedAsSums(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	write("tx.csv", `customer,day,amount,points,channel,mood
a,2026-01-05,10,1000,shop,good
a,2026-02-20,10,0.1,web,7
a,2026-03-01,10,0.1,web,7
a,2026-03-01,10,0.1,web,9
a,2026-03-03,-10,-0.05,web,9
b,2026-03-02,10,123456789012.000001,shop,good
b,2026-03-03,10,0.000001,shop,good
c,2026-03-02,10,many,shop,
d,2025-12-31,10,4,shop,good
`)
	write("job.yaml", `name: sums
as_of: 2026-03-05
sources:
  - path: tx.csv
    columns: {customer: customer, time: day, amount: amount, channel: channel, attributes: {points: points, mood: mood, zeal: points}}
rfm: off
clv: off
stages: off
tiers:
  window: 1 month
  start: tonight
  levels:
    - {name: silver, qualify: {points: 0.25}}
    - {name: gold, qualify: {spend: 10, points: 100}}
`)
	r := publishJob(t, filepath.Join(dir, "job.yaml"))
	points, other := map[string]string{}, map[string]string{}
	for _, row := range customersOf(t, r) {
		points[row["customer_id"]] = row["points"]
		other[row["customer_id"]] = row["channel"] + "|" + row["mood"] + "|" + row["zeal"] + "|" + row["tier"]
	}
	require.Equal(t, map[string]string{"a": "0.25", "b": "123456789012.000002", "c": "0.00", "d": "0.00"}, points)
	require.Equal(t, map[string]string{
		"a": "web|7|0.1|silver", "b": "shop|good|0.000001|gold", "c": "shop||many|", "d": "shop|good|4|",
	}, other)
	require.Equal(t, &arrow.Decimal128Type{Precision: 38, Scale: 6}, columnType(t, filepath.Join(r.Path, "customers.parquet"), "points"))
	require.Equal(t, arrow.BinaryTypes.String, columnType(t, filepath.Join(r.Path, "customers.parquet"), "zeal"))

	// By years, each member's own counts.
	for window, want := range map[string]string{"calendar-year": "1000.25", "lifetime": "1000.25", "membership-year": "1000.25", "tier-year": "1000.25"} {
		r := publishJob(t, filepath.Join(dir, "job.yaml"), "tiers.window="+window, "tiers.start=replay", "output.dir="+t.TempDir())
		for _, row := range customersOf(t, r) {
			if row["customer_id"] == "a" {
				require.Equal(t, want, row["points"], window)
			}
		}
	}
	// Without tiers that count it, it is a label.
	for _, row := range customersOf(t, publishJob(t, filepath.Join(dir, "job.yaml"), "tiers=off", "output.dir="+t.TempDir())) {
		if row["customer_id"] == "a" {
			require.Equal(t, "0.1", row["points"])
		}
	}
}

// columnType is the type of a Parquet file's column.
func columnType(t *testing.T, path, name string) arrow.DataType {
	t.Helper()
	f, err := file.OpenParquetFile(path, false)
	require.NoError(t, err)
	defer f.Close()
	reader, err := pqarrow.NewFileReader(f, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	require.NoError(t, err)
	schema, err := reader.Schema()
	require.NoError(t, err)
	fields, ok := schema.FieldsByName(name)
	require.True(t, ok)
	return fields[0].Type
}
