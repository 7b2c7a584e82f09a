package history_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/analytics/publish"
	"clientele/analytics/rfm"
)

const name = "shop"

func day(t testing.TB, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return d
}

// settings is a small job with more keys, one a line.
func settings(t testing.TB, more string) *job.Job {
	t.Helper()
	text := "name: shop\nsources:\n  - path: exports/*.csv\n    columns: {customer: id, time: at, amount: price * 1}\n" +
		"    where: price > 0 AND note <> '<&>'\n" + more
	j, err := job.Parse("job.yaml", []byte(text), nil, func() time.Time { return day(t, "2024-01-01") })
	require.NoError(t, err)
	return j
}

// cutPoints are cut points that can score, of any night.
func cutPoints(asOf string) *rfm.CutPoints {
	return &rfm.CutPoints{
		AsOf: asOf, Customers: 3, Method: rfm.MethodQuantile, EdgeType: rfm.EdgeType1, Closed: rfm.ClosedRight, Bins: 3,
		Recency: []float64{3, 30}, Frequency: []float64{1, 2}, Monetary: []float64{9.99, 100.01},
	}
}

// publishNight publishes a night as a run does; cuts nil: without scores.
func publishNight(t testing.TB, dir, asOf string, j *job.Job, cuts *rfm.CutPoints) string {
	t.Helper()
	s, err := publish.Begin(dir, name, day(t, asOf))
	require.NoError(t, err)
	if cuts != nil {
		f, err := s.Create("cutpoints.json")
		require.NoError(t, err)
		require.NoError(t, json.NewEncoder(f).Encode(cuts))
		require.NoError(t, f.Close())
	}
	path, err := s.Commit(map[string]any{"run_id": "run of " + asOf, "as_of": asOf, "settings": j})
	require.NoError(t, err)
	return path
}

// overwrite damages a file of a publication.
func overwrite(t testing.TB, night, file, content string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(night, file), []byte(content), 0o600))
}
