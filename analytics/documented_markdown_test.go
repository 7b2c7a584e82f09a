package analytics_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// claims are what documents say of the job file.
type claims struct {
	list  []claim
	rows  []settingRow
	pages map[string]*page
}

func (c *claims) add(one claim) {
	if !slices.ContainsFunc(c.list, func(other claim) bool { return other.key == one.key && other.value == one.value }) {
		c.list = append(c.list, one)
	}
}

// settingRow is a row of the settings table of docs/job-file.md.
type settingRow struct {
	keys  []string
	words []string // in its code spans
	pages []string // that it links to
}

// jobFilePage is the page with the table of settings.
const jobFilePage = "job-file.md"

// page is a page of docs.
type page struct {
	context []string // keys whose rows link to it
	words   []string // in its code spans, and the keys of its snippets
}

var (
	codeSpan  = regexp.MustCompile("`([^`]+)`")
	word      = regexp.MustCompile(`[a-z][a-z0-9_]*`)
	plainWord = regexp.MustCompile(`^(?:[a-z][a-z0-9_]*(?:-[a-z0-9]+)*|[0-9]+ [a-z]+)$`)
	keyValue  = regexp.MustCompile(`^([a-z_][a-z0-9_.\[\]]*): (.+)$`)
	keySet    = regexp.MustCompile(`^--set ([a-z_][a-z0-9_.]*)=(.+)$`)
	docLink   = regexp.MustCompile(`\]\(([a-z-]+\.md)`)
)

func spans(text string) []string {
	var all []string
	for _, m := range codeSpan.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

func wordsOf(spans []string) []string {
	var all []string
	for _, s := range spans {
		all = append(all, word.FindAllString(s, -1)...)
	}
	return all
}

// addDocuments reads the settings table of docs/job-file.md, and the pages that its
// rows link to.
func (c *claims) addDocuments(t *testing.T, s *schema, docs string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(docs, jobFilePage))
	require.NoError(t, err)
	prose, table, found := strings.Cut(string(data), "|---|---|---|\n")
	require.True(t, found)
	c.rows = append(c.rows, settingRow{keys: spans(prose)}) // those without a default
	c.pages = map[string]*page{}

	known := map[string]bool{}
	for _, name := range []string{"numbers.md", "files.md", "rows.md", "commands.md"} {
		text, err := os.ReadFile(filepath.Join(docs, name))
		require.NoError(t, err)
		maps.Copy(known, namesIn(string(text)))
	}
	var open []openWord
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 3 {
			break // below the table
		}
		open = append(open, c.addRow(t, s, cells)...)
	}
	entries, err := os.ReadDir(docs)
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() {
			continue // pages of kinds of export: whole jobs, which are made and run by a test of their own
		}
		text, err := os.ReadFile(filepath.Join(docs, e.Name()))
		require.NoError(t, err)
		c.addPage(t, s, e.Name(), string(text))
	}
	for _, w := range open {
		require.True(t, c.known(s, w.word) || known[w.word],
			"docs/job-file.md: the row of %s has `%s`, which is no value that it takes, no key, and no name that docs/numbers.md or docs/files.md explains", w.row, w.word)
	}
}

// openWord is a word of the settings table that is no value of its row.
type openWord struct{ row, word string }

// known tells whether a word is a key, or a value of another key.
func (c *claims) known(s *schema, word string) bool {
	return slices.ContainsFunc(s.keys, func(key string) bool { return key == word || strings.HasSuffix(key, "."+word) }) ||
		slices.ContainsFunc(c.list, func(one claim) bool { return one.value == word })
}

// namesIn are the files and columns that a page has tables of, and the fates
// of rows.
func namesIn(text string) map[string]bool {
	known := map[string]bool{}
	for line := range strings.Lines(text) {
		if first, _, ok := strings.Cut(strings.TrimPrefix(line, "| "), " | "); ok {
			for _, name := range spans(first) {
				known[name] = true
			}
		}
	}
	for _, r := range ledger.Reasons {
		known[string(r)] = true
	}
	return known
}

// addRow reads a row: keys, default, what it says.
func (c *claims) addRow(t *testing.T, s *schema, cells []string) (open []openWord) {
	t.Helper()
	row := settingRow{words: wordsOf(spans(cells[2]))}
	for _, name := range spans(cells[0]) {
		key, ok := s.resolve(name)
		require.True(t, ok, "docs/job-file.md: the settings table has %s, which is no key", name)
		row.keys = append(row.keys, key)
	}
	for _, m := range docLink.FindAllStringSubmatch(cells[1]+cells[2], -1) {
		row.pages = append(row.pages, m[1])
		if c.pages[m[1]] == nil {
			c.pages[m[1]] = &page{}
		}
		c.pages[m[1]].context = append(c.pages[m[1]].context, row.keys...)
	}
	c.rows = append(c.rows, row)
	r := rowReader{claims: c, schema: s, keys: row.keys, where: "docs/job-file.md"}
	r.defaults(cells[1])
	r.text(cells[2])
	return r.open
}

// rowReader tells what the code spans of a row are.
type rowReader struct {
	*claims
	*schema
	keys  []string
	where string
	open  []openWord
}

// defaults reads the second cell: a value of each key, in code or plain.
func (r *rowReader) defaults(cell string) {
	values, cell := spans(cell), strings.TrimSpace(cell)
	if len(values) == 0 {
		values = strings.Split(cell, ", ")
	}
	for i, key := range r.keys {
		for k, value := range values {
			if (len(values) != len(r.keys) || i == k) && value != "" && r.leaf[key] && !r.free[key] && r.accepts(key, value) {
				r.add(claim{key, value, r.where})
			}
		}
	}
}

// plainNumber is a value in plain text right behind its key.
var plainNumber = regexp.MustCompile(`^ \(?([0-9.]+(?: (?:day|week|month|year)s?)?)(?:[,)]| of )`)

// text reads the third cell. A key in it owns the values in the brackets behind
// it; other values are those of the row's keys.
func (r *rowReader) text(cell string) {
	owner, end := "", 0
	for _, at := range codeSpan.FindAllStringSubmatchIndex(cell, -1) {
		between, span := cell[end:at[0]], cell[at[2]:at[3]]
		end = at[1]
		if strings.ContainsAny(between, ");") || owner != "" && !strings.Contains(cell[:at[0]], "(") && between != " " {
			owner = ""
		}
		if r.value(span, owner) {
			continue
		}
		key, ok := r.resolve(span, r.keys...)
		if !ok {
			if plainWord.MatchString(span) && !slices.ContainsFunc(r.keys, func(k string) bool { return r.free[k] }) {
				r.open = append(r.open, openWord{strings.Join(r.keys, ", "), span})
			}
			continue
		}
		owner = ""
		if strings.HasPrefix(cell[end:], " (") || strings.HasPrefix(cell[end:], " `") {
			owner = key
		}
		if m := plainNumber.FindStringSubmatch(cell[end:]); m != nil {
			r.add(claim{key, m[1], r.where})
		}
	}
}

// value adds a span that is a value of its owner, of a key that it names, or of
// one of the row's keys.
func (r *rowReader) value(span, owner string) bool {
	if m := keyValue.FindStringSubmatch(span); m != nil {
		if key, ok := r.resolve(m[1], r.keys...); ok {
			r.add(claim{key, m[2], r.where})
			return true
		}
	}
	candidates := r.keys
	if owner != "" {
		candidates = []string{owner}
	}
	if span[0] == '{' || span[0] == '[' {
		value, concrete := filledIn(span)
		if concrete {
			r.add(claim{candidates[0], value, r.where})
		}
		return true
	}
	for _, key := range candidates {
		for _, value := range []string{span, "[" + span + "]"} {
			if !r.free[key] && plainWord.MatchString(span) && r.accepts(key, value) {
				r.add(claim{key, value, r.where})
				return true
			}
		}
	}
	return false
}

// filledIn is a list or mapping with something in the place of each value that
// is left out; concrete is false for one that says in words what stands where.
func filledIn(span string) (value string, concrete bool) {
	var tree any
	if err := yaml.Unmarshal([]byte(span), &tree); err != nil {
		return span, true // to be refused where it is tried
	}
	empty, inWords := false, false
	var fill func(any) any
	fill = func(v any) any {
		switch v := v.(type) {
		case nil:
			empty = true
			return "1"
		case string:
			inWords = inWords || regexp.MustCompile(`^[a-z]+ [a-z]+$`).MatchString(v)
		case []any:
			for i := range v {
				v[i] = fill(v[i])
			}
		case map[string]any:
			for k := range v {
				v[k] = fill(v[k])
			}
		}
		return v
	}
	tree = fill(tree)
	if inWords || !empty {
		return span, !inWords
	}
	text, err := json.Marshal(tree)
	return string(text), err == nil
}

// addPage reads a page of docs: its snippets, the tables whose head is a key, and
// the code spans that set one.
func (c *claims) addPage(t *testing.T, s *schema, name, text string) {
	t.Helper()
	p := c.pages[name]
	if p == nil {
		p = &page{}
		c.pages[name] = p
	}
	where := "docs/" + name
	var prose strings.Builder
	for i, part := range strings.Split("\n"+text, "\n```") {
		if i%2 == 0 {
			prose.WriteString(part)
			continue
		}
		if snippet, ok := strings.CutPrefix(part, "yaml\n"); ok {
			c.addSnippet(t, s, p, snippet, where)
		}
	}
	p.words = append(p.words, wordsOf(spans(prose.String()))...)
	for _, span := range spans(strings.ReplaceAll(prose.String(), "\n", " ")) {
		m := keyValue.FindStringSubmatch(span)
		if m == nil {
			m = keySet.FindStringSubmatch(span)
		}
		if m == nil {
			continue
		}
		if key, ok := s.resolve(m[1], p.context...); ok && (!s.free[key] || m[0] != span) {
			if value, concrete := filledIn(m[2]); concrete {
				c.add(claim{key, value, where})
			}
		}
	}
	c.addTables(s, p, prose.String(), where)
}

// addTables reads the tables whose first column is headed by a key with a choice
// of values.
func (c *claims) addTables(s *schema, p *page, text, where string) {
	lines := strings.Split(text, "\n")
	key := ""
	for i, line := range lines {
		cells := strings.Split(line, "|")
		switch {
		case len(cells) < 3:
			key = "" // no table
		case i+1 < len(lines) && strings.HasPrefix(lines[i+1], "|---"):
			if head := spans(cells[1]); len(head) == 1 {
				if k, ok := s.resolve(head[0], p.context...); ok && s.leaf[k] && !s.free[k] {
					key = k
				}
			}
		case key != "" && !strings.HasPrefix(line, "|---"):
			for _, value := range spans(cells[1]) {
				c.add(claim{key, value, where})
			}
		}
	}
}

// orElse is another value of a line of a snippet, in its comment.
var orElse = regexp.MustCompile(`^(\s*)([a-z_]+):.*#(?:.*[,:])? or ([a-z-]+)$`)

// addSnippet adds each section of a snippet as a whole, and the other values
// that its comments name.
func (c *claims) addSnippet(t *testing.T, s *schema, p *page, snippet, where string) {
	t.Helper()
	var tree map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(snippet), &tree), where)
	for key, value := range tree {
		require.Contains(t, s.keys, key, "%s: a snippet sets %s", where, key)
		text, err := json.Marshal(value)
		require.NoError(t, err)
		c.add(claim{key, string(text), where})
		for _, below := range keysBelow(key, value) {
			p.words = append(p.words, strings.Split(below, ".")...)
		}
	}
	section := ""
	for line := range strings.Lines(snippet) {
		line = strings.TrimSuffix(line, "\n")
		if name, _, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, " ") {
			section = name
		}
		if m := orElse.FindStringSubmatch(line); m != nil {
			key := section + "." + m[2]
			if m[1] == "" {
				key = m[2]
			}
			c.add(claim{key, m[3], where})
		}
	}
}

// keysBelow are the keys of a value, those of all items of a list as 0.
func keysBelow(key string, value any) []string {
	keys := []string{key}
	switch v := value.(type) {
	case map[string]any:
		for k, below := range v {
			keys = append(keys, keysBelow(key+"."+k, below)...)
		}
	case []any:
		for _, below := range v {
			keys = append(keys, keysBelow(key+".0", below)...)
		}
	}
	return keys
}

// names tells whether a document names a key: a row is about it or has it in code,
// or is about one above it and has the rest of its name in code, or the page that
// the row links to has.
func (c *claims) names(key string) bool {
	for _, row := range c.rows {
		for _, about := range row.keys {
			if about == key || strings.HasPrefix(about, key+".") {
				return true
			}
			if beside, ok := strings.CutPrefix(key, above(about)); ok && slices.Contains(row.words, beside) {
				return true
			}
			rest, below := strings.CutPrefix(key, about+".")
			if !below {
				continue
			}
			words := row.words
			for _, name := range row.pages {
				if p := c.pages[name]; p != nil {
					words = append(slices.Clone(words), p.words...)
				}
			}
			if !slices.ContainsFunc(strings.Split(rest, "."), func(part string) bool { return part != "0" && !slices.Contains(words, part) }) {
				return true
			}
		}
	}
	return false
}
