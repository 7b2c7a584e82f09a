package job_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// What is not done on Spark is refused by name and place, before anybody asks a cluster.
func TestRefusedOnSpark(t *testing.T) {
	for more, want := range map[string]string{
		"    fill_down: [b]\n":             "clientele.yaml:8:16: sources.0.fill_down: is not done on Spark",
		"    encoding: gb18030\n":          "clientele.yaml:8:15: sources.0.encoding: is not done on Spark",
		"    amount_is: order\n":           "sources.0.amount_is: is not done on Spark",
		"identity: {normalise: [lower]}\n": "clientele.yaml:8:11: identity: is not done on Spark",
	} {
		text := "name: a\nas_of: 2024-01-01\nengine: {spark: 'sc://host', stage: /mnt}\nsources:\n  - path: a.csv\n" +
			"    columns: {customer: c, time: t, amount: a, order: b}\n    duplicates: keep\n"
		_, err := job.Parse("clientele.yaml", []byte(text+more), nil, time.Now)
		require.ErrorContains(t, err, want, more)
	}
}

// Files that Spark does not read are known by their ending, unless format says what they are.
func TestUnreadEndingsOnSpark(t *testing.T) {
	parse := func(path, more string) error {
		_, err := job.Parse("clientele.yaml", []byte("name: a\nas_of: 2024-01-01\nengine: {spark: 'sc://host', stage: /mnt}\nsources:\n  - path: "+path+"\n"+
			"    columns: {customer: c, time: t, amount: a}\n"+more), nil, time.Now)
		return err
	}
	for path, format := range map[string]string{
		"a.xlsx": "xlsx", "in/*.XLSM": "xlsx", "a.arrow": "arrow", "s3a://b/**/*.feather": "arrow", "a.xlsx.gz": "xlsx", "a.parquet.gz": "compressed parquet", "a.pq.zst": "compressed parquet",
	} {
		require.ErrorContains(t, parse(path, ""), "clientele.yaml:5:11: sources.0.path: \""+path+"\" ends as files in "+format+" do, which Spark does not read; export CSV, JSON or Parquet", path)
		require.NoError(t, parse(path, "    format: csv\n"), path)
	}
	for _, path := range []string{"a.csv", "a.csv.gz", "a.jsonl.zst", "lines.parquet", "in", "in/*", "day.d"} {
		require.NoError(t, parse(path, ""), path)
	}
}

// What customers are shown in is a table of a cluster, with its catalogue and its schema.
func TestOutputTable(t *testing.T) {
	const text = "name: a\nas_of: 2024-01-01\nsources:\n  - path: a.csv\n    columns: {customer: c, time: t, amount: a}\n"
	const on = "engine: {spark: 'sc://host', stage: /mnt}\n"
	for more, want := range map[string]string{
		"output: {table: a.b.c}\n":                          "clientele.yaml:6:17: output.table: is made by the cluster that reads the exports; give engine",
		on + "output: {table: b.c}\n":                       `clientele.yaml:7:17: output.table: "b.c" is no name of a table; want catalog.schema.table`,
		on + "output: {table: a.b.c, formats: [csv]}\n":     "clientele.yaml:7:17: output.table: is made of customers.parquet; add parquet to output.formats",
		on + "output: {table: 'a.b.c; DROP TABLE a.b.d'}\n": "is no name of a table",
	} {
		_, err := job.Parse("clientele.yaml", []byte(text+more), nil, time.Now)
		require.ErrorContains(t, err, want, more)
	}
	j, err := job.Parse("clientele.yaml", []byte(text+on+"output: {table: spark_catalog.crm.customers}\n"), nil, time.Now)
	require.NoError(t, err)
	require.Equal(t, "spark_catalog.crm.customers", j.Output.Table)
}
