package history_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

const modelFile = `{"model": "bg-nbd", "unit": "week", "params": {"r": 0.2, "alpha": 4, "a": 0.8, "b": 2.4},
	"spend": {"model": "gamma-gamma", "params": {"p": 6, "q": 4, "gamma": 15}}, "chosen_on": "2024-01-01"}`

func before(t *testing.T, dir, asOf string) *history.Night {
	t.Helper()
	n, err := history.Before(dir, name, day(t, asOf))
	require.NoError(t, err)
	if n != nil {
		require.NoError(t, n.Recall(column.State))
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
	require.Equal(t, path, n.Path)
	require.Equal(t, "run of 2024-01-02", n.RunID)
	require.Equal(t, "2024-01-02", n.AsOf)
	require.Equal(t, history.Meaning(j), n.Meaning)
	require.Equal(t, history.StageMeaning(j), n.StageMeaning)
	require.Equal(t, cutPoints("2023-12-31"), n.CutPoints)
	require.Equal(t, panel(t, "2024-01-02"), *n.Panel)
	require.Equal(t, "bg-nbd", n.Model.Model)
	require.EqualValues(t, 3, n.RowsRead)
	require.EqualValues(t, 1, n.Customers)
	require.Equal(t, []string{"a"}, n.Members.ID)
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
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	whole, err := os.ReadFile(filepath.Join(path, "run.json"))
	require.NoError(t, err)
	for _, c := range []struct{ content, want string }{
		{"", "unexpected end of JSON input"},
		{string(whole[:len(whole)/2]), "unexpected end of JSON input"},
		{`<html>`, "invalid character '<' looking for beginning of value"},
		{string(whole) + " trailing", "invalid character 't' after top-level value"},
		{`{"as_of": 20240102}`, "json: cannot unmarshal number into Go struct field Manifest.as_of of type string"},
		{`null`, "it has no run_id"},
	} {
		overwrite(t, path, "run.json", c.content)
		requireDamage(t, dir, "run.json", c.want)
	}
	require.NoError(t, os.Remove(filepath.Join(path, "run.json")))
	requireDamage(t, dir, "run.json", "no such file or directory")
}

// Any change of a value in run.json is seen by its checksum, whatever it means.
func TestEditedManifest(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	whole, err := os.ReadFile(filepath.Join(path, "run.json"))
	require.NoError(t, err)
	for _, c := range [][2]string{
		{`"read": 3`, `"read": 4`}, {`"run of 2024-01-02"`, `"run of 2024-01-01"`}, {`"bins": 5`, `"bins": 6`}, {`"clientele": "0.0.9"`, `"clientele": "0.0.8"`},
	} {
		edited := strings.Replace(string(whole), c[0], c[1], 1)
		require.NotEqual(t, string(whole), edited, c[0])
		overwrite(t, path, "run.json", edited)
		_, err := history.Before(dir, name, day(t, "2024-01-03"))
		require.ErrorContains(t, err, "run.json: it was changed after it was published: its checksum is ")
	}
	// White space is no value, and a version without checksums had none.
	overwrite(t, path, "run.json", strings.ReplaceAll(string(whole), "\n", "\n\n"))
	require.NotNil(t, before(t, dir, "2024-01-03"))
	var manifest map[string]any
	require.NoError(t, json.Unmarshal(whole, &manifest))
	delete(manifest, "manifest_sha256")
	text, err := json.Marshal(manifest)
	require.NoError(t, err)
	overwrite(t, path, "run.json", string(text))
	require.NotNil(t, before(t, dir, "2024-01-03"))
}

// A run.json that contradicts itself or its place, however well it is forged.
func TestInconsistentManifest(t *testing.T) {
	for want, change := range map[string]func(m map[string]any){
		`its as_of is "2024-01-01", expected "2024-01-02" as in the folder's name`: func(m map[string]any) { m["as_of"] = "2024-01-01" },
		`its as_of is "June", which is no day`:                                     func(m map[string]any) { m["as_of"] = "June" },
		`it is of the job "other", expected "shop"`:                                func(m map[string]any) { m["name"] = "other" },
		"it has no settings":                                                       func(m map[string]any) { delete(m, "settings") },
		"it has no rows":                                                           func(m map[string]any) { delete(m, "rows") },
		"it has no customers":                                                      func(m map[string]any) { delete(m, "customers") },
		"it has no files":                                                          func(m map[string]any) { m["files"] = []any{} },
		"files: it lists no state.parquet, which every publication has":            func(m map[string]any) { m["files"] = m["files"].([]any)[:1] },
		"files: state.parquet has 1 rows, customers says 2":                        func(m map[string]any) { m["customers"] = 2 },
		"its rows do not add up: read is not used and rejected together":           func(m map[string]any) { m["rows"].(map[string]any)["read"] = 9 },
		`files: "../x" cannot be the name of a file, or is there twice`:            func(m map[string]any) { m["files"].([]any)[0].(map[string]any)["path"] = "../x" },
		`files: "cutpoints.json": its sha256, rows or bytes cannot be`:             func(m map[string]any) { m["files"].([]any)[0].(map[string]any)["sha256"] = "x" },
		`anchor.day is "2024-01-03", expected a day that is not after the night`:   func(m map[string]any) { m["anchor"] = map[string]any{"day": "2024-01-03"} },
	} {
		dir := t.TempDir()
		edit(t, publishNight(t, dir, "2024-01-02", settings(t, ""), nil), change)
		requireDamage(t, dir, "run.json", want)
	}
}

// A changed digit, a file cut short, one that is gone, and one of another kind.
func TestDamagedFiles(t *testing.T) {
	for _, file := range []string{"cutpoints.json", "model.json", "rhythm.json", "state.parquet"} {
		dir := t.TempDir()
		path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
		whole, err := os.ReadFile(filepath.Join(path, file))
		require.NoError(t, err)
		digit := bytes.IndexAny(whole[8:], "123456789") + 8
		changed := bytes.Clone(whole)
		changed[digit] ^= 1
		overwrite(t, path, file, string(changed))
		err = recall(t, dir)
		require.ErrorContains(t, err, file+": its content has changed: its sha256 is ")

		overwrite(t, path, file, string(whole[:len(whole)/2]))
		requireDamage(t, dir, file, fmt.Sprintf("it has %d bytes, run.json says %d", len(whole)/2, len(whole)))
		require.NoError(t, os.Remove(filepath.Join(path, file)))
		requireDamage(t, dir, file, "it is not there, and run.json lists it")
		require.NoError(t, os.Mkdir(filepath.Join(path, file), 0o700))
		requireDamage(t, dir, file, "it is a folder, not a regular file")

		overwrite(t, path, file+".whole", string(whole))
		require.NoError(t, os.Remove(filepath.Join(path, file)))
		require.NoError(t, os.Symlink(file+".whole", filepath.Join(path, file)))
		err = recall(t, dir)
		require.NoError(t, err, "a link to the same bytes")
	}
}

// What a stage finds in the state is damage like any other, with the way out.
func TestBadState(t *testing.T) {
	dir := t.TempDir()
	publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	n := before(t, dir, "2024-01-03")
	err := n.BadState(errors.New("row 1: tier_rests: it is no list of changes"))
	require.ErrorAs(t, err, new(*publication.Damage))
	require.ErrorContains(t, err, "state.parquet: row 1: tier_rests: it is no list of changes (it was written by clientele ")
	require.ErrorContains(t, err, wayOut("2024-01-02"))
}

func recall(t *testing.T, dir string) error {
	t.Helper()
	n, err := history.Before(dir, name, day(t, "2024-01-03"))
	if err == nil {
		err = n.Recall(column.State)
	}
	return err
}

// What the settings of a night say it has, it must have; what they do not, it may not.
func TestFilesThatSettingsAskFor(t *testing.T) {
	for _, file := range []string{"cutpoints.json", "model.json", "rhythm.json"} {
		dir := t.TempDir()
		path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
		unlist := func(m map[string]any) {
			m["files"] = slices.DeleteFunc(m["files"].([]any), func(f any) bool { return f.(map[string]any)["path"] == file })
		}
		edit(t, path, unlist)
		requireDamage(t, dir, file, "it is there, and run.json does not list it")
		require.NoError(t, os.Remove(filepath.Join(path, file)))
		requireDamage(t, dir, file, "no such file or directory")
	}
	dir := t.TempDir()
	publishNight(t, dir, "2024-01-02", settings(t, nothing), nil)
	n := before(t, dir, "2024-01-03")
	require.Nil(t, n.CutPoints)
	require.Nil(t, n.Model)
	require.Nil(t, n.Panel)
}

// A night that lost nothing but its _SUCCESS must not be passed over in silence.
func TestLostSuccess(t *testing.T) {
	dir := t.TempDir()
	publishNight(t, dir, "2024-01-01", settings(t, ""), nil)
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	require.NoError(t, os.Remove(filepath.Join(path, "_SUCCESS")))
	requireDamage(t, dir, "_SUCCESS", "it is not there, so that this is no whole publication")
	require.Equal(t, "2024-01-01", before(t, dir, "2024-01-02").AsOf, "on the way to that night again")
	overwrite(t, path, "run.json", "{}")
	require.Equal(t, "2024-01-01", before(t, dir, "2024-01-03").AsOf, "a folder that was no publication")
	require.NoError(t, os.RemoveAll(filepath.Join(dir, name, "2024-01-01")))
	require.Nil(t, before(t, dir, "2024-01-03"))
}

// A night on a disk that is not mounted is not passed over.
func TestNightThatIsALinkToNothing(t *testing.T) {
	dir := t.TempDir()
	publishNight(t, dir, "2024-01-01", settings(t, ""), nil)
	require.NoError(t, os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, name, "2024-01-02")))
	requireDamage(t, dir, "", "it is a link to what is not there")
	require.Equal(t, "2024-01-01", before(t, dir, "2024-01-02").AsOf, "on the way to that night again")
}

// What no fit and no night writes, in files that are just what run.json says.
func TestForgedFiles(t *testing.T) {
	const edges = `{"method": "quantile", "edge_type": "type1", "closed": "right", "bins": 3, "frequency": [1, 2], "monetary": [1, 2], `
	for _, c := range []struct{ file, content, want string }{
		{"cutpoints.json", "", "unexpected end of JSON input"},
		{"cutpoints.json", edges, "unexpected end of JSON input"},
		{"cutpoints.json", `null`, `rfm: bad cut points: method "", edges "", closed "" do not go together; fit them anew`},
		{"cutpoints.json", edges + `"recency_days": [3]}`, "rfm: bad cut points: 1 edges of recency, want 2 for 3 bins"},
		{"cutpoints.json", edges + `"recency_days": [30, 3]}`, "rfm: bad cut points: edges of recency are not finite numbers in ascending order"},
		{"cutpoints.json", edges + `"recency_days": [3, 30], "bins": 1}`, "rfm: bad cut points: 1 bins, want 2 to 9"},
		{"cutpoints.json", edges + `"recency_days": "3"}`, "json: cannot unmarshal string into Go struct field CutPoints.recency_days of type []float64"},
		{"model.json", "", "unexpected end of JSON input"},
		{
			"model.json", `{"model": "bg-nbd", "params": {"r": 0.2}}`,
			"bg-nbd: bad parameter: alpha is missing, a is missing, b is missing; expected r, alpha, a, b",
		},
		{
			"model.json", strings.TrimSuffix(modelFile, "}") + `, "stacking": {"on": 19725, "from": {"weights": {"bg-nbd": 1}}, "to": {"weights": {"bg-nbd": 1}}}}`,
			"stacking.on is 19725, after the night itself, 19724 (days since 1970-01-01)",
		},
		{"rhythm.json", `{"k": 1}`, "lifecycle: bad panel: shares of regularity add up to 0 and the least is 0, want 1 and none below 0"},
		{"rhythm.json", forecastOf(t, `[]`), "forecast: the weights of its models do not sum to 1"},
		{"rhythm.json", forecastOf(t, `[{"model": "nbd", "weight": 1, "params": {"r": 1}}]`), "forecast: nbd: bad parameter: alpha is missing; expected r, alpha"},
	} {
		dir := t.TempDir()
		forge(t, publishNight(t, dir, "2024-01-02", settings(t, ""), nil), c.file, c.content)
		requireDamage(t, dir, c.file, c.want)
	}
	dir := t.TempDir()
	late, err := json.Marshal(panel(t, "2024-01-07")) // a Sunday
	require.NoError(t, err)
	forge(t, publishNight(t, dir, "2024-01-02", settings(t, ""), nil), "rhythm.json", string(late))
	requireDamage(t, dir, "rhythm.json", "fitted_on is 19728, after the night itself, 19724 (days since 1970-01-01)")
}

// forecastOf is a panel with a forecast.
func forecastOf(t *testing.T, forecast string) string {
	t.Helper()
	p := panel(t, "2024-01-02")
	p.Forecast = json.RawMessage(forecast)
	text, err := json.Marshal(p)
	require.NoError(t, err)
	return string(text)
}

// Of a version that judged stages by something else, no panel is known.
func TestEarlierPanel(t *testing.T) {
	dir := t.TempDir()
	forge(t, publishNight(t, dir, "2024-01-02", settings(t, ""), nil), "rhythm.json", `{"fitted_on": 19724, "cut": 0.1, "rhythm": {"k": 1}}`)
	require.Nil(t, before(t, dir, "2024-01-03").Panel)
}

// A night that says why it has no model has none to go on from.
func TestNightWithoutAModel(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	m := before(t, dir, "2024-01-03").Model
	require.Equal(t, map[string]float64{"r": 0.2, "alpha": 4, "a": 0.8, "b": 2.4}, m.Params)
	require.Equal(t, map[string]float64{"p": 6, "q": 4, "gamma": 15}, m.Spend.Params)
	require.Equal(t, "2024-01-01", m.ChosenOn)
	forge(t, path, "model.json", `{"model": "none", "unit": "week", "params": {}, "refused": "too short a history"}`)
	require.Nil(t, before(t, dir, "2024-01-03").Model)
}

func TestNameThatIsNoFolder(t *testing.T) {
	_, err := history.Before(t.TempDir(), "../shop", day(t, "2024-01-03"))
	require.ErrorContains(t, err, `name "../shop" cannot be a folder's name`)
}
