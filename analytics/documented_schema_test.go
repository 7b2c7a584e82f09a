package analytics_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"clientele/analytics/job"
	"clientele/analytics/publish"
)

// schema is what the job file's own error texts say of its keys.
type schema struct {
	dir  string   // of the job
	keys []string // all, with 0 for an item of a list: sources.0.columns.amount
	leaf map[string]bool
	free map[string]bool // of those, any text is taken
}

// nonsense is near no key and no value.
const nonsense = "zzqqzzqq"

// keysHere is how an error text lists the keys of a mapping.
var keysHere = regexp.MustCompile(`unknown key "` + nonsense + `"; the keys here are (.*)`)

// readSchema asks for a key that does not exist, everywhere.
func readSchema(t *testing.T, dir string) *schema {
	t.Helper()
	s := &schema{dir: dir, leaf: map[string]bool{}, free: map[string]bool{}}
	s.descend(s.complaints(nonsense + "=1"))
	require.Greater(t, len(s.keys), 80, "%s", s.keys)
	for key := range s.leaf {
		s.free[key] = len(s.complaintsAt(key, nonsense)) == 0
	}
	slices.Sort(s.keys)
	return s
}

// descend takes the keys that complaints list, and asks below each.
func (s *schema) descend(wrong job.Errors) (found bool) {
	for _, v := range wrong {
		m := keysHere.FindStringSubmatch(v.Message)
		if m == nil {
			continue
		}
		found = true
		for key := range strings.SplitSeq(m[1], ", ") {
			if v.Key != "" {
				key = v.Key + "." + key
			}
			if slices.Contains(s.keys, key) {
				continue
			}
			s.keys = append(s.keys, key)
			mapping := s.descend(s.complaints(key + "={" + nonsense + ": 1}"))
			list := s.descend(s.complaints(key + "=[{" + nonsense + ": 1}]"))
			s.leaf[key] = !mapping && !list || s.leaf[key]
		}
	}
	return found
}

// complaints is what is wrong with the job when something is set.
func (s *schema) complaints(setting string) job.Errors {
	_, err := s.settle([]string{setting})
	wrong, _ := errors.AsType[job.Errors](err)
	return wrong
}

// complaintsAt is what of that is about the key.
func (s *schema) complaintsAt(key, value string) []string {
	var about []string
	for _, v := range s.complaints(key + "=" + value) {
		if v.Key == key || strings.HasPrefix(v.Key, key+".") {
			about = append(about, v.Message)
		}
	}
	return about
}

// accepts tells whether the job file takes a value.
func (s *schema) accepts(key, value string) bool {
	_, err := s.settle([]string{key + "=" + value})
	return err == nil
}

// resolve finds the key that a document means where it speaks of one of those
// in context: the key itself, one beside it, or one below.
func (s *schema) resolve(name string, context ...string) (string, bool) {
	name = strings.ReplaceAll(name, "[]", ".0")
	for _, key := range context {
		for _, candidate := range []string{key + "." + name, above(key) + name} {
			if slices.Contains(s.keys, candidate) {
				return candidate, true
			}
		}
	}
	if slices.Contains(s.keys, name) {
		return name, true
	}
	for _, key := range context {
		for _, section := range []string{key, strings.Split(key, ".")[0]} {
			for _, k := range s.keys {
				if strings.HasPrefix(k, section+".") && strings.HasSuffix(k, "."+name) {
					return k, true
				}
			}
		}
	}
	return "", false
}

// Error texts say what they want: `want a, b or c`, `a date such as 2011-12-10`,
// `want one such as 1-5 or [1, 5]`.
var (
	wanted      = regexp.MustCompile(`(?:; want|; use|; give| is not) ([^;]+)`)
	inBrackets  = regexp.MustCompile(`\{.*\}|\[.*\]`)
	introduced  = regexp.MustCompile(`^.*such as |^a list of `)
	explained   = regexp.MustCompile(` for .*$`)
	prose       = regexp.MustCompile(`^(?:a mapping|some of|the |scores )`)
	simpleValue = regexp.MustCompile(`^(?:[a-z][a-z0-9_]*(?:-[a-z0-9]+)*|[0-9]+(?: [a-z]+)?|[0-9]+\.[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+-[0-9]+|[A-Z][\w/]+)$`)
)

// orList begins the last of several choices, which says in words what stands in a list.
const orList = ", or a list of "

// addErrorTexts adds what error texts offer in place of a wrong value: of a key,
// of an item of its list, or of the name of a key below it.
func (c *claims) addErrorTexts(s *schema) {
	for _, key := range s.keys {
		if s.free[key] {
			continue
		}
		for _, wrong := range []string{"%s", "{%s: 1}", "[%s]"} {
			for _, text := range s.complaintsAt(key, fmt.Sprintf(wrong, nonsense)) {
				shape := "%s"
				if strings.HasPrefix(text, "unknown ") {
					shape = wrong
				}
				if strings.Contains(text, "a list of ") && !strings.Contains(text, orList) {
					if !s.leaf[key] {
						continue // of mappings
					}
					shape = "[%s]"
				}
				for _, value := range offered(text) {
					if strings.HasPrefix(value, "[") {
						shape = "%s" // it is a list itself
					}
					c.add(claim{key, fmt.Sprintf(shape, value), "the error text `" + text + "`"})
				}
			}
		}
	}
}

// offered are the values that an error text names.
func offered(text string) []string {
	var values []string
	for _, m := range wanted.FindAllStringSubmatch(text, -1) {
		list, _, _ := strings.Cut(m[1], orList)
		if strings.Contains(list, "such as ") {
			values = append(values, inBrackets.FindAllString(list, -1)...)
		}
		list = inBrackets.ReplaceAllString(list, "")
		if prose.MatchString(list) {
			continue
		}
		parts := strings.Split(strings.NewReplacer(", or ", ", ", " or ", ", ").Replace(list), ", ")
		for _, part := range parts {
			value := explained.ReplaceAllString(introduced.ReplaceAllString(part, ""), "")
			if simpleValue.MatchString(value) && (len(parts) > 1 || value != part) {
				values = append(values, value)
			}
		}
	}
	return values
}

// writeExports writes one table in each format that there is.
func writeExports(t *testing.T, dir, name string, names []string, cells [][]string) {
	t.Helper()
	var csv, lines bytes.Buffer
	csv.WriteString(strings.Join(names, ",") + "\n")
	columns := make([]publish.Col, len(names))
	for c := range names {
		columns[c] = publish.Col{Name: names[c], Values: cells[c]}
	}
	for i := range cells[0] {
		object := map[string]string{}
		for c := range names {
			object[names[c]] = cells[c][i]
		}
		line, err := json.Marshal(object)
		require.NoError(t, err)
		lines.Write(append(line, '\n'))
	}
	batch, err := publish.NewTable(nil, columns...)
	require.NoError(t, err)
	defer batch.Release()
	_, err = publish.WriteCSV(&csv, batch.Schema(), publish.Batches(batch), publish.CSVOptions{})
	require.NoError(t, err)
	text := csv.String()
	text = text[strings.Index(text, "\n")+1:] // the header is there once
	var parquet bytes.Buffer
	_, err = publish.WriteParquet(&parquet, batch.Schema(), publish.Batches(batch), publish.ParquetOptions{})
	require.NoError(t, err)
	var arrow bytes.Buffer
	w := ipc.NewWriter(&arrow, ipc.WithSchema(batch.Schema()))
	require.NoError(t, w.Write(batch))
	require.NoError(t, w.Close())
	for format, content := range map[string]string{
		"csv": text, "json": lines.String(), "parquet": parquet.String(), "arrow": arrow.String(), "xlsx": workbookOf(t, names, cells),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+"."+format), []byte(content), 0o600))
	}
}

// workbookOf is a workbook with the same cells.
func workbookOf(t *testing.T, names []string, cells [][]string) string {
	t.Helper()
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetRow("Sheet1", "A1", &names))
	for i := range cells[0] {
		row := make([]string, len(names))
		for c := range names {
			row[c] = cells[c][i]
		}
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+2), &row))
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.String()
}
