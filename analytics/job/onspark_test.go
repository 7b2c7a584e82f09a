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
		"    fill_down: [b]\n":               "clientele.yaml:8:16: sources.0.fill_down: is not done on Spark",
		"    join: [{path: c.csv, on: c}]\n": "sources.0.join: is not done on Spark",
		"    encoding: gb18030\n":            "clientele.yaml:8:15: sources.0.encoding: is not done on Spark",
		"    numbers: '1.234,56'\n":          "sources.0.numbers: is not done on Spark",
		"    dates: dmy\n":                   "sources.0.dates: is not done on Spark",
		"    amount_is: order\n":             "sources.0.amount_is: is not done on Spark",
		"    duplicates: drop\n":             "sources.0.duplicates: is not done on Spark",
		"    timezone: Asia/Tokyo\n":         "sources.0.timezone: is not done on Spark",
		"currency: EUR\nrates: rates.csv\n":  "clientele.yaml:9:8: rates: is not done on Spark",
		"identity: {normalise: [lower]}\n":   "clientele.yaml:8:11: identity: is not done on Spark",
	} {
		text := "name: a\nas_of: 2024-01-01\nengine: {spark: 'sc://host', stage: /mnt}\nsources:\n  - path: a.csv\n" +
			"    columns: {customer: c, time: t, amount: a, order: b}\n    duplicates: keep\n"
		if more == "    duplicates: drop\n" {
			text = "name: a\nas_of: 2024-01-01\nengine: {spark: 'sc://host', stage: /mnt}\nsources:\n  - path: a.csv\n" +
				"    columns: {customer: c, time: t, amount: a, order: b}\n"
		}
		_, err := job.Parse("clientele.yaml", []byte(text+more), nil, time.Now)
		require.ErrorContains(t, err, want, more)
	}
}

// Which rows stand in two files is not looked for there, so that who gives several says so.
func TestSeveralFilesOnSpark(t *testing.T) {
	text := "name: a\nas_of: 2024-01-01\nengine: {spark: 'sc://host', stage: /mnt}\nsources:\n  - path: nights/*.csv\n    columns: {customer: c, time: t, amount: a}\n"
	_, err := job.Parse("clientele.yaml", []byte(text), nil, time.Now)
	require.ErrorContains(t, err, "clientele.yaml:5:11: sources.0.path: may name several files")
}
