package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/require"

	"clientele/benchmarks/command"
)

// folder makes a folder of files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	return dir
}

func TestFirstDifference(t *testing.T) {
	manifest := func(id, seconds, version string) string {
		return "{\n  \"run_id\": \"" + id + "\",\n  \"timings\": {\n    \"load\": " + seconds + "\n  },\n" +
			"  \"versions\": {\n    \"go\": \"" + version + "\"\n  },\n  \"manifest_sha256\": \"" + id + "\"\n}\n"
	}
	for _, c := range []struct{ name, file, old, now, want string }{
		{"nothing", "a.csv", "x,1\n", "x,1\n", ""},
		{"a digit", "out/a.csv", "x,1\ny,20\n", "x,1\ny,21\n", `out/a.csv: line 2, column 4: was "y,20", is "y,21"`},
		{"a line more", "a.csv", "x\n", "x\ny\n", `a.csv: line 2, column 1: was "", is "y"`},
		{"the end of a line", "a.csv", "x\n", "x\r\n", `a.csv: line 1, column 2: was "x", is "x\r"`},
		{"what differs from run to run", "run.json", manifest("ab", "0.5", "1"), manifest("ab", "0.7", "2"), ""},
		{
			"a manifest", "run.json", manifest("ab", "0.5", "1"), manifest("cd", "0.5", "1"),
			`run.json: line 2, column 14: was "  \"run_id\": \"ab\",", is "  \"run_id\": \"cd\","`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, files, err := firstDifference(folder(t, map[string]string{c.file: c.old}), folder(t, map[string]string{c.file: c.now}))
			require.NoError(t, err)
			require.Equal(t, c.want, found)
			require.Equal(t, 1, files)
		})
	}
}

func TestFilesThatComeAndGo(t *testing.T) {
	one, two := folder(t, map[string]string{"a": "1"}), folder(t, map[string]string{"a": "1", "b": "2"})
	found, _, err := firstDifference(one, two)
	require.NoError(t, err)
	require.Equal(t, "b: is new", found)
	found, _, err = firstDifference(two, one)
	require.NoError(t, err)
	require.Equal(t, "b: is gone", found)
	require.NoError(t, os.Symlink("a", filepath.Join(one, "latest")))
	require.NoError(t, os.Symlink("b", filepath.Join(two, "latest")))
	require.NoError(t, os.Remove(filepath.Join(two, "b")))
	found, _, err = firstDifference(one, two)
	require.NoError(t, err)
	require.Equal(t, `latest: line 1, column 9: was "link to a", is "link to b"`, found)
}

// parquetOf is a Parquet file with a column x.
func parquetOf(t *testing.T, values ...float64) string {
	t.Helper()
	build := array.NewFloat64Builder(memory.DefaultAllocator)
	build.AppendValues(values, nil)
	column := build.NewArray()
	schema := arrow.NewSchema([]arrow.Field{{Name: "x", Type: arrow.PrimitiveTypes.Float64}}, nil)
	var file bytes.Buffer
	table := array.NewTableFromSlice(schema, [][]arrow.Array{{column}})
	require.NoError(t, pqarrow.WriteTable(table, &file, 1, nil, pqarrow.DefaultWriterProps()))
	return file.String()
}

func TestDifferenceInParquet(t *testing.T) {
	was := folder(t, map[string]string{"s.parquet": parquetOf(t, 1, 2, 3)})
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{[]float64{1, 2, 3}, ""},
		{[]float64{1, 2.5, 3}, "s.parquet: column x, row 2: was 2, is 2.5"},
		{[]float64{1, 2}, "s.parquet: had 3 rows, has 2"},
	} {
		found, _, err := firstDifference(was, folder(t, map[string]string{"s.parquet": parquetOf(t, c.values...)}))
		require.NoError(t, err)
		require.Equal(t, c.want, found)
	}
}

// standIn is a program that prints a text and leaves it in a file.
func standIn(t *testing.T, text, status string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	script := "#!/bin/sh\necho " + text + " | tee left.txt\nexit " + status + "\n"
	require.NoError(t, os.WriteFile(path, []byte(script), 0o755))
	return path
}

func TestPrograms(t *testing.T) {
	one := standIn(t, "one", "0")
	for _, c := range []struct {
		name, now string
		status    int
		want      string
	}{
		{"same", one, 0, `^earlier +same +\d+ files of 3 commands, .*s\n$`},
		{"other text", standIn(t, "two", "0"), 1, `^earlier +DIFFERS  commands/01: line 3, column 1: was "one", is "two"\nboth sides are left in .*\n$`},
		{"other status", standIn(t, "one", "3"), 1, `^earlier +DIFFERS  commands/01: line 2, column 6: was "exit 0", is "exit 3"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			status := command.Run(newRootCmd(), []string{"--job", "earlier", "--old", one, "--new", c.now, "--dir", t.TempDir()}, &out, &errs)
			require.Equal(t, c.status, status, errs.String())
			require.Regexp(t, c.want, out.String())
		})
	}
}

// A job whose commands fail on both sides compares nothing, and must not pass.
func TestJobThatIsRefused(t *testing.T) {
	refuses := standIn(t, "no", "2")
	var out, errs bytes.Buffer
	require.Equal(t, 1, command.Run(newRootCmd(), []string{"--job", "earlier", "--old", refuses, "--new", refuses, "--dir", t.TempDir()}, &out, &errs))
	require.Regexp(t, `^earlier +DIFFERS  commands/01: does not end as the job says: "\$ clientele run earlier/job\.yaml`, out.String())
}

func TestUnknownJob(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, 1, command.Run(newRootCmd(), []string{"--job", "nothing"}, &out, &errs))
	require.Regexp(t, `--job: no job is called "nothing"; there are auto, bundled, `, errs.String())
}

// What a commit's program left is used again only as long as the job is the same.
func TestFingerprint(t *testing.T) {
	testdata := folder(t, map[string]string{"shop.csv": "a"})
	parsed := func(text string) string {
		j, err := parseJob("x", []byte(text), testdata)
		require.NoError(t, err)
		return j.fingerprint()
	}
	before := parsed("bundled shop.csv\nclientele run a\n-- a --\n1\n")
	require.Equal(t, before, parsed("# said\nbundled shop.csv\n\nclientele run a\n-- a --\n1\n"))
	require.NotEqual(t, before, parsed("bundled shop.csv\nclientele run b\n-- a --\n1\n"))
	require.NotEqual(t, before, parsed("bundled shop.csv\nclientele run a\n-- a --\n2\n"))
	require.NoError(t, os.WriteFile(filepath.Join(testdata, "shop.csv"), []byte("b"), 0o644))
	require.NotEqual(t, before, parsed("bundled shop.csv\nclientele run a\n-- a --\n1\n"))
}
