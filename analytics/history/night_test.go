package history_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
	"clientele/analytics/rfm"
)

func before(t *testing.T, dir, asOf string) *history.Night {
	t.Helper()
	n, err := history.Before(dir, name, day(t, asOf))
	require.NoError(t, err)
	if n != nil {
		require.NoError(t, n.Recall())
	}
	return n
}

func TestNoNightBefore(t *testing.T) {
	dir := t.TempDir()
	require.Nil(t, before(t, filepath.Join(dir, "absent"), "2024-01-02"))
	require.Nil(t, before(t, dir, "2024-01-02"))
	publishNight(t, dir, "2024-01-02", settings(t, ""), cutPoints("2024-01-02"))
	require.Nil(t, before(t, dir, "2024-01-02"), "the same night is replaced, not followed")
	require.Nil(t, before(t, dir, "2024-01-01"))
}

func TestOneNightBefore(t *testing.T) {
	dir, j := t.TempDir(), settings(t, "")
	path := publishNight(t, dir, "2024-01-02", j, cutPoints("2023-12-31"))
	n := before(t, dir, "2024-01-03")
	settings, err := json.Marshal(j)
	require.NoError(t, err)
	require.JSONEq(t, string(settings), string(n.Settings))
	n.Settings = nil // its white space is the file's
	require.Equal(t, &history.Night{
		Path: path, RunID: "run of 2024-01-02", AsOf: "2024-01-02",
		Meaning: history.Meaning(j), StageMeaning: history.StageMeaning(j), CutPoints: cutPoints("2023-12-31"),
	}, n)
}

// The newest earlier night counts, in whatever order they were published;
// other jobs, unfinished nights and what else lies there do not.
func TestSeveralNightsBefore(t *testing.T) {
	dir, j := t.TempDir(), settings(t, "")
	for _, asOf := range []string{"2024-02-01", "2023-12-31", "2024-01-15", "2024-01-02"} {
		publishNight(t, dir, asOf, j, cutPoints(asOf))
	}
	unfinished := filepath.Join(dir, name, "2024-01-20")
	require.NoError(t, os.Mkdir(unfinished, 0o700))
	overwrite(t, unfinished, "run.json", "{}")
	require.NoError(t, os.Mkdir(filepath.Join(dir, name, "2024-01-21-copy"), 0o700))
	for asOf, want := range map[string]string{
		"2023-12-31": "", "2024-01-01": "2023-12-31", "2024-01-15": "2024-01-02", "2024-01-31": "2024-01-15",
		"2024-02-01": "2024-01-15", "2030-01-01": "2024-02-01",
	} {
		n := before(t, dir, asOf)
		if want == "" {
			require.Nil(t, n, asOf)
			continue
		}
		require.Equal(t, want, n.AsOf, asOf)
		require.Equal(t, want, n.CutPoints.AsOf, asOf)
	}
	other, err := history.Before(dir, "another", day(t, "2030-01-01"))
	require.NoError(t, err)
	require.Nil(t, other)
}

// A night without scores is a night all the same: it names what it follows.
func TestNightWithoutScores(t *testing.T) {
	dir := t.TempDir()
	publishNight(t, dir, "2024-01-01", settings(t, ""), cutPoints("2024-01-01"))
	publishNight(t, dir, "2024-01-02", settings(t, "rfm: off\n"), nil)
	n := before(t, dir, "2024-01-03")
	require.Equal(t, "2024-01-02", n.AsOf)
	require.Nil(t, n.CutPoints)
}

func TestDamagedManifest(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), cutPoints("2024-01-02"))
	for _, c := range []struct{ content, want string }{
		{"", "unexpected end of JSON input"},
		{`{"run_id": "r", "as_of": "2024-0`, "unexpected end of JSON input"},
		{`<html>`, "invalid character '<' looking for beginning of value"},
		{`{"as_of": "2024-01-02"} trailing`, "invalid character 't' after top-level value"},
		{`{"as_of": 20240102}`, "json: cannot unmarshal number into Go struct field .as_of of type string"},
		{`null`, `its as_of is "", expected "2024-01-02" as in the folder's name`},
		{`{"as_of": "2024-01-01"}`, `its as_of is "2024-01-01", expected "2024-01-02" as in the folder's name`},
	} {
		overwrite(t, path, "run.json", c.content)
		_, err := history.Before(dir, name, day(t, "2024-01-03"))
		require.EqualError(t, err, "previous publication "+path+": run.json cannot be read: "+c.want+"; move the folder away to begin anew")
	}
	require.NoError(t, os.Remove(filepath.Join(path, "run.json")))
	_, err := history.Before(dir, name, day(t, "2024-01-03"))
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "run.json cannot be read: ")
}

func TestDamagedCutPoints(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), cutPoints("2024-01-02"))
	const edges = `{"method": "quantile", "edge_type": "type1", "closed": "right", "bins": 3, "frequency": [1, 2], "monetary": [1, 2], `
	for _, c := range []struct {
		content, want string
		class         error // nil: any
	}{
		{"", "unexpected end of JSON input", nil},
		{edges, "unexpected end of JSON input", nil},
		{`null`, `method "", edges "", closed "" do not go together`, rfm.ErrCutPoints},
		{edges + `"recency_days": [3]}`, "1 edges of recency, want 2 for 3 bins", rfm.ErrCutPoints},
		{edges + `"recency_days": [30, 3]}`, "edges of recency are not finite numbers in ascending order", rfm.ErrCutPoints},
		{edges + `"recency_days": [3, 30], "bins": 1}`, "1 bins, want 2 to 9", rfm.ErrCutPoints},
		{edges + `"recency_days": "3"}`, "json: cannot unmarshal string into Go struct field CutPoints.recency_days of type []float64", nil},
	} {
		overwrite(t, path, "cutpoints.json", c.content)
		_, err := history.Before(dir, name, day(t, "2024-01-03"))
		require.ErrorContains(t, err, "previous publication "+path+": cutpoints.json cannot be read: ")
		require.ErrorContains(t, err, c.want)
		require.ErrorContains(t, err, "; move the folder away to begin anew")
		if c.class != nil {
			require.ErrorIs(t, err, c.class)
		}
	}
}

// A folder where a file should be is damage, and no night without scores.
func TestCutPointsAreAFolder(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	require.NoError(t, os.Mkdir(filepath.Join(path, "cutpoints.json"), 0o700))
	_, err := history.Before(dir, name, day(t, "2024-01-03"))
	require.ErrorContains(t, err, "cutpoints.json cannot be read: ")
}

func TestNameThatIsNoFolder(t *testing.T) {
	_, err := history.Before(t.TempDir(), "../shop", day(t, "2024-01-03"))
	require.ErrorContains(t, err, `name "../shop" cannot be a folder's name`)
}
