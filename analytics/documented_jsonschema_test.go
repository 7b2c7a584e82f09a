package analytics_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// The JSON Schema and the reader of the job file know the same keys.
func TestSchemaHasTheKeysOfTheJobFile(t *testing.T) {
	read := readSchema(t, documentedShop(t))
	described := map[string]bool{}
	keys, err := job.Keys()
	require.NoError(t, err)
	for _, k := range keys {
		described[k.Path] = true
		require.NotEmpty(t, k.Doc, "the schema does not say what %s means", k.Path)
	}
	known := map[string]bool{}
	for _, key := range read.keys {
		// A level stands in a list and in a mapping with levels.
		known[strings.ReplaceAll(key, "tiers.0.", "tiers.levels.0.")] = true
	}
	for key := range known {
		require.True(t, described[key], "the schema lacks the key %s; describe it in analytics/job/schema.json", key)
	}
	for key := range described {
		require.True(t, known[key] || onlyWhereGiven.MatchString(key), "the schema describes %s, which the job file does not have", key)
	}
}

// onlyWhereGiven are keys that no error text lists, as what is above them has other
// forms: both sides of a join, and a level that stands in a list by itself.
var onlyWhereGiven = regexp.MustCompile(`^sources\.0\.join\.0\.on\.|^tiers\.0\.|^tiers\.levels\.0\.(qualify|keep|limit)\.`)

// Every word that the schema offers is taken, and every value that the documents and
// the error texts name fits the schema.
func TestSchemaHasTheValuesOfTheJobFile(t *testing.T) {
	dir := documentedShop(t)
	read := readSchema(t, dir)
	described := newJSONSchema(t)
	keys, err := job.Keys()
	require.NoError(t, err)
	offered := 0
	for _, k := range keys {
		for _, word := range k.Words {
			offered++
			require.Empty(t, read.complaintsAt(k.Path, word), "the schema offers %s: %s", k.Path, word)
		}
	}
	require.Greater(t, offered, 90)
	var all claims
	all.addDocuments(t, read, filepath.Join("..", "docs"))
	all.addErrorTexts(read)
	for _, c := range all.list {
		described.fitsValue(t, c)
	}
}

// Every job file of the project fits, and what the reader refuses for one value alone
// does not.
func TestSchemaFitsJobFiles(t *testing.T) {
	s := newJSONSchema(t)
	seen := 0
	for _, root := range []string{"../testdata", "../benchmarks", "../docs", "../analytics"} {
		require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".yaml") {
				return err
			}
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			// Others are of another kind, or wrong on purpose.
			if _, wrong := job.Parse(path, text, nil, time.Now); wrong == nil {
				require.NoError(t, s.valid(t, text), path)
				seen++
			}
			return nil
		}))
	}
	require.GreaterOrEqual(t, seen, 2, "the bundled jobs at least")
	for _, wrong := range []string{
		"nome: x", "output: {language: cn}", "rfm: {bins: 10}", "clv: {horizon: soon}", "clv: {margin: 0}", "tiers: [{qualify: {spend: 5}}]",
		"sources: []", "as_of: 10.12.2011", "name: a/b", "sources: [{path: a.csv, columns: {customer: c, amount: a}}]", "stages: on",
		"tiers: [{name: gold, qualify: {spend: 5}, limit: {share: 0.1, count: 3}}]", "pyramid: {shares: [2]}", "identity: {normalise: [upper]}",
	} {
		key, _, _ := strings.Cut(wrong, ":")
		text := "name: shop\nsources: [{path: a.csv, columns: {customer: c, time: t, amount: a}}]\n"
		if key == "name" || key == "sources" {
			text = strings.ReplaceAll(text, key+":", "as_of: 2020-01-01\n#")
		}
		require.Error(t, s.valid(t, []byte(text+wrong+"\n")), wrong)
	}
}

// jsonSchema is the schema as a library understands it.
type jsonSchema struct{ compiled *jsonschema.Schema }

func newJSONSchema(t *testing.T) jsonSchema {
	t.Helper()
	var s jsonSchema
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(job.Schema))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("job.schema.json", doc))
	s.compiled, err = c.Compile("job.schema.json")
	require.NoError(t, err)
	return s
}

// valid holds a job file against the schema, as an editor does.
func (s jsonSchema) valid(t *testing.T, text []byte) error {
	t.Helper()
	b, err := yaml.YAMLToJSON(text)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	require.NoError(t, err)
	return s.compiled.Validate(doc)
}

// fitsValue holds a value that somebody names for a key against what the schema says
// of that key. Numbers may be written in quotes in a job file, and not in the schema.
func (s jsonSchema) fitsValue(t *testing.T, c claim) {
	t.Helper()
	doc := map[string]any{}
	require.NoError(t, yaml.Unmarshal([]byte("name: shop\nsources: [{path: a.csv, columns: {customer: c, time: t, amount: a}}]\n"), &doc))
	var value any
	if err := yaml.Unmarshal([]byte(c.value), &value); err != nil {
		value = c.value
	}
	path := strings.Split(strings.ReplaceAll(c.key, "tiers.0.", "tiers.levels.0."), ".")
	set(doc, path, unquoted(value))
	b, err := json.Marshal(doc)
	require.NoError(t, err)
	read, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	require.NoError(t, err)
	wrong, _ := errors.AsType[*jsonschema.ValidationError](s.compiled.Validate(read))
	// Other keys may be missing beside it; the value itself must fit.
	require.False(t, wrongAt(wrong, "/"+strings.Join(path, "/")), "%s names %s: %s: %v", c.where, c.key, c.value, wrong)
}

// unquoted is a mapping whose numbers stand as numbers, as people write them.
func unquoted(value any) any {
	m, is := value.(map[string]any)
	if !is {
		return value
	}
	for key, v := range m {
		if n, err := strconv.ParseFloat(fmt.Sprint(v), 64); err == nil {
			m[key] = n
		}
	}
	return m
}

// wrongAt tells whether something is wrong at a place, or below it.
func wrongAt(e *jsonschema.ValidationError, place string) bool {
	if e == nil {
		return false
	}
	if strings.HasPrefix("/"+strings.Join(e.InstanceLocation, "/")+"/", place+"/") {
		return true
	}
	return slices.ContainsFunc(e.Causes, func(cause *jsonschema.ValidationError) bool { return wrongAt(cause, place) })
}

// set puts a value where a path of keys leads.
func set(at map[string]any, path []string, value any) {
	key := path[0]
	if len(path) == 1 {
		at[key] = value
		return
	}
	if path[1] == "0" {
		list, _ := at[key].([]any)
		if len(list) == 0 {
			list = []any{map[string]any{}}
		}
		item, is := list[0].(map[string]any)
		if !is {
			item = map[string]any{}
		}
		if len(path) == 2 {
			list[0] = value
		} else {
			set(item, path[2:], value)
			list[0] = item
		}
		at[key] = list
		return
	}
	below, is := at[key].(map[string]any)
	if !is {
		below = map[string]any{}
	}
	at[key] = below
	set(below, path[1:], value)
}
