package publication_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
)

// earlier is a copy of the publication under testdata.
func earlier(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "2026-06-30")
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "testdata", "earlier", "shop", "2026-06-30"))))
	return dir
}

func problems(t *testing.T, path string) []publication.Problem {
	t.Helper()
	r, err := publication.Verify(t.Context(), path)
	require.NoError(t, err)
	require.Equal(t, r.Whole, len(r.Problems) == 0)
	return r.Problems
}

func TestWholePublication(t *testing.T) {
	path := earlier(t)
	require.Empty(t, problems(t, path))
	p, err := publication.Open(path)
	require.NoError(t, err)
	require.NoError(t, p.Of("shop"))
	require.Equal(t, "0.1.0", p.Version())
	require.EqualValues(t, 12, p.Customers)
}

// Whichever byte of whichever file is another one, it is found, and nothing else is
// said to be wrong.
func TestAnyByteOfAnyFile(t *testing.T) {
	path := earlier(t)
	p, err := publication.Open(path)
	require.NoError(t, err)
	for _, f := range p.Files {
		file := filepath.Join(path, f.Path)
		whole, err := os.ReadFile(file)
		require.NoError(t, err)
		for at := 0; at < len(whole); at += 1 + len(whole)/20 {
			changed := bytes.Clone(whole)
			changed[at] ^= 1
			require.NoError(t, os.WriteFile(file, changed, 0o600))
			found := problems(t, path)
			require.Len(t, found, 1)
			require.Equal(t, f.Path, found[0].File)
			require.Contains(t, found[0].Problem, "its content has changed: its sha256 is ")
		}
		require.NoError(t, os.WriteFile(file, whole, 0o600))
	}
	require.Empty(t, problems(t, path))
}

// Rows are counted by reading the tables, not by believing run.json.
func TestRowsAreCounted(t *testing.T) {
	path := earlier(t)
	manifest := filepath.Join(path, publish.ManifestFile)
	text, err := os.ReadFile(manifest)
	require.NoError(t, err)
	for _, c := range []struct{ file, rows string }{{"customers.csv", "12"}, {"segments.csv", "20"}, {"tiers_delta.csv", "0"}, {"model.json", "0"}} {
		listed := `"path": "` + c.file + "\",\n      \"rows\": "
		_, after, found := strings.Cut(string(text), listed)
		require.True(t, found, c.file)
		rows, _, _ := strings.Cut(after, ",")
		require.NoError(t, os.WriteFile(manifest, []byte(strings.Replace(string(text), listed+rows, listed+"7", 1)), 0o600))
		require.Equal(t, []publication.Problem{{File: c.file, Problem: "it has " + rows + " rows, run.json says 7"}}, problems(t, path))
	}
}

// The checksum covers every value of a manifest but timings, whatever the white space.
func TestChecksum(t *testing.T) {
	type manifest struct {
		A       string             `json:"a"`
		Raw     json.RawMessage    `json:"raw"`
		Timings map[string]float64 `json:"timings"`
		Sum     string             `json:"manifest_sha256"`
	}
	sum := func(m manifest) string {
		s, err := publication.ChecksumOf(m)
		require.NoError(t, err)
		return s
	}
	base := manifest{A: "<&\u2028>", Raw: json.RawMessage(`{"x": [1,  2]}`), Timings: map[string]float64{"load": 1}}
	want := sum(base)
	require.Len(t, want, 64)
	same := base
	same.Timings, same.Sum, same.Raw = map[string]float64{"load": 2}, want, json.RawMessage(`{"x":[1,2]}`)
	require.Equal(t, want, sum(same))
	other := base
	other.Raw = json.RawMessage(`{"x": [2, 1]}`)
	require.NotEqual(t, want, sum(other))
	_, err := publication.ChecksumOf([]int{1})
	require.ErrorContains(t, err, "it is no JSON object")
}

// Nothing that somebody wrote into run.json reaches a terminal as it stands.
func TestTextsOfAManifest(t *testing.T) {
	path := earlier(t)
	manifest := filepath.Join(path, publish.ManifestFile)
	text, err := os.ReadFile(manifest)
	require.NoError(t, err)
	for was, is := range map[string]string{
		`"clientele": "0.1.0"`:  `"clientele": "\u001b[31m"`,
		`"name": "shop",`:       `"name": "\u001b[31m",`,
		`"as_of": "2026-06-30"`: `"as_of": "\u001b[31m"`,
		`"run_id": `:            `"manifest_sha256": "\u001b[31m", "run_id": `,
		`"path": "model.json"`:  `"path": "\u001b[31m"`,
	} {
		changed := strings.Replace(string(text), was, is, 1)
		require.NotEqual(t, string(text), changed, was)
		require.NoError(t, os.WriteFile(manifest, []byte(changed), 0o600))
		r, err := publication.Verify(t.Context(), path)
		require.NoError(t, err)
		require.NotContains(t, r.Version, "\x1b", was)
		for _, p := range r.Problems {
			require.NotContains(t, p.Problem, "\x1b", was)
		}
	}
}

func TestVerifyIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := publication.Verify(ctx, earlier(t))
	require.ErrorIs(t, err, context.Canceled)
}

// Files in a folder are held against run.json as all others are.
func TestFilesInAFolder(t *testing.T) {
	path := earlier(t)
	p, err := publication.Open(path)
	require.NoError(t, err)
	require.NoError(t, os.Mkdir(filepath.Join(path, "lists"), 0o750))
	require.Equal(t, []publication.Problem{{File: "lists", Problem: "it is there, and run.json does not list it"}}, problems(t, path))

	content := []byte("customer_id,campaign,channel,offer,from,until,reason\na,x,email,,2026-01-01,2026-02-01,\n")
	for _, channel := range []string{"sms", "email"} {
		require.NoError(t, os.WriteFile(filepath.Join(path, "lists", channel+".csv"), content, 0o600))
		f := fileOf(column.Contacts.Of(channel), content)
		f.Rows = 1
		p.Files = append(slices.Clone(p.Files), f)
	}
	republish(t, p)
	require.Empty(t, problems(t, path))
	p, err = publication.Open(path)
	require.NoError(t, err)
	require.Equal(t, []string{"lists/email.csv", "lists/sms.csv"}, p.FilesOf(column.Contacts))
	var ids []string
	require.NoError(t, p.EachRowOf(column.Contacts, "lists/sms.csv", func(r *publication.ListRow) bool {
		ids = append(ids, r.Text("customer_id"))
		return true
	}))
	require.Equal(t, []string{"a"}, ids)

	require.NoError(t, os.WriteFile(filepath.Join(path, "lists", "post.csv"), content, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(path, "lists", "sms.csv"), append(content, '\n'), 0o600))
	found := problems(t, path)
	require.Len(t, found, 2)
	require.Equal(t, "lists/sms.csv", found[0].File)
	require.Equal(t, publication.Problem{File: "lists/post.csv", Problem: "it is there, and run.json does not list it"}, found[1])

	for _, name := range []string{"../a.csv", "lists/../a.csv", "lists//a.csv", "/a.csv", "lists/", "a/b/../c.csv", "a//b.csv", ".a/b.csv", "a/.b", `a\b.csv`} {
		bad := *p
		bad.Files = append(slices.Clone(p.Files), fileOf(name, content))
		republish(t, &bad)
		_, err := publication.Open(path)
		require.ErrorContains(t, err, "cannot be the name of a file", name)
	}
}

// republish writes run.json with the files that a publication has now.
func republish(t *testing.T, p *publication.Publication) {
	t.Helper()
	manifest := filepath.Join(p.Path, publish.ManifestFile)
	text, err := os.ReadFile(manifest)
	require.NoError(t, err)
	var all map[string]any
	require.NoError(t, json.Unmarshal(text, &all))
	all["files"] = p.Files
	delete(all, "manifest_sha256")
	text, err = json.Marshal(all)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(manifest, text, 0o600))
}
