package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// What the tests read of a publication and of its page, with nothing of the program: the
// standard library's readers of CSV and JSON, and a parser of HTML.

// records are the rows of a CSV file, by the names of its columns.
func records(t *testing.T, folder, file string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, file))
	require.NoError(t, err)
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	rows := make([]map[string]string, len(all)-1)
	for i, cells := range all[1:] {
		rows[i] = map[string]string{}
		for k, name := range all[0] {
			rows[i][name] = cells[k]
		}
	}
	return rows
}

// tree is a JSON file.
func tree(t *testing.T, folder, file string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, file))
	require.NoError(t, err)
	var all map[string]any
	require.NoError(t, json.Unmarshal(text, &all))
	return all
}

// at follows keys down a tree.
func at(tree any, keys ...string) any {
	for _, k := range keys {
		m, ok := tree.(map[string]any)
		if !ok {
			return nil
		}
		tree = m[k]
	}
	return tree
}

// number reads a number, or the text of an amount.
func number(t *testing.T, v any) float64 {
	t.Helper()
	switch v := v.(type) {
	case float64:
		return v
	case string:
		f, err := strconv.ParseFloat(v, 64)
		require.NoError(t, err)
		return f
	}
	t.Fatalf("%v is no number", v)
	return 0
}

// commas writes a number with so many places and commas, by itself.
func commas(v float64, places int) string {
	text := strconv.FormatFloat(v, 'f', places, 64)
	text, negative := strings.CutPrefix(text, "-")
	whole, rest, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if places > 0 {
		whole += "." + rest
	}
	if negative && strings.Trim(whole, "0.,") != "" {
		whole = "-" + whole
	}
	return whole
}

// shownMoney writes an amount as people see it: with cents below a hundred thousand.
func shownMoney(v float64) string {
	if v >= 100_000 || v <= -100_000 {
		return commas(v, 0)
	}
	return commas(v, 2)
}

func shownShare(v float64) string { return commas(100*v, 1) + "%" }

// page is the tables and the prose of a page.
type page struct {
	tables map[string][][]string // by id: the heading, then the rows
	prose  []string              // paragraphs and items of lists
}

func readPage(t *testing.T, text []byte) *page {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(text))
	require.NoError(t, err)
	p := &page{tables: map[string][][]string{}}
	p.walk(root)
	return p
}

func (p *page) walk(n *html.Node) {
	if n.Type == html.ElementNode {
		switch n.Data {
		case "svg", "style":
			return
		case "table":
			p.tables[attribute(n, "id")] = rowsOf(n)
			return
		case "p", "li", "h1", "h2", "h3", "summary":
			if n.Data != "li" || n.FirstChild == nil || n.FirstChild.Data != "p" {
				p.prose = append(p.prose, textOf(n))
				return
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func rowsOf(table *html.Node) (rows [][]string) {
	for n := range table.Descendants() {
		if n.Data != "tr" {
			continue
		}
		var row []string
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Data == "th" || c.Data == "td" {
				row = append(row, textOf(c))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// figures are the numbers and days of a text.
var figures = regexp.MustCompile(`\d{4}-\d{2}-\d{2}|[+−-]?\d[\d,]*(\.\d+)?%?`)
