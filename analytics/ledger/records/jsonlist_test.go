package records

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// rowsOf reads all records of a text, each as its cells by name.
func rowsOf(text string, path string, lines bool) (rows []map[string]string, j *JSON, err error) {
	l, err := ReadLayout(strings.NewReader(text), path, lines)
	if err != nil {
		return nil, nil, err
	}
	members, err := ReadMembers(strings.NewReader(text), l)
	if err != nil {
		return nil, nil, err
	}
	j = NewJSON(iotest.OneByteReader(strings.NewReader(text)), l, members)
	for {
		r, err := j.Next()
		if errors.Is(err, io.EOF) {
			return rows, j, nil
		}
		if err != nil {
			return rows, j, err
		}
		row := map[string]string{"line": strconv.FormatInt(r.Line, 10)}
		for i, c := range r.Cells {
			if c != nil {
				row[members[i].Name] = string(c)
			}
		}
		if r.Malformed {
			row["malformed"] = string(r.Text)
		}
		rows = append(rows, row)
	}
}

// Wherever a list of records stands, its records are those that the standard library
// finds there.
func TestDocuments(t *testing.T) {
	for _, c := range []struct{ text, path, want string }{
		{`[{"a": 1}, {"a": 2, "b": {"c": "x"}}]`, "", `[{"a":"1","line":"1"},{"a":"2","b":"{\"c\": \"x\"}","b.c":"x","line":"2"}]`},
		{"[\n {\"a\": \"]}\\\"\"},\r\n {\"a\": [1, {}]}\n]\n", "", `[{"a":"]}\"","line":"1"},{"a":"[1, {}]","line":"2"}]`},
		{`{"more": false, "data": [{"a": 1}, 7, {"a": 2}], "next": {"x": [1]}}`, "", `[{"a":"1","line":"1"},{"line":"2","malformed":"7"},{"a":"2","line":"3"}]`},
		{`{"result": {"items": [{"a": 1}], "total": 1}, "others": []}`, "", `[{"a":"1","line":"1"}]`},
		{`{"result": {"items": [{"a": 1}], "total": 1}, "others": [{"a": 2}]}`, "others", `[{"a":"2","line":"1"}]`},
		{`{"result": {"items": [{"a": 1}], "total": 1}, "others": [{"a": 2}]}`, "result.items[]", `[{"a":"1","line":"1"}]`},
		{
			`{"orders": [{"id": 1, "email": "x", "line_items": [{"id": 7, "price": "1.50"}, {"id": 8}]}, {"id": 2, "line_items": []}, {"id": 3}]}`, "orders[].line_items[]",
			`[{"id":"7","line":"1","parent.email":"x","parent.id":"1","price":"1.50"},{"id":"8","line":"2","parent.email":"x","parent.id":"1"},{"line":"3","parent.id":"2"},{"line":"4","parent.id":"3"}]`,
		},
		{
			`[{"o": 1, "ships": [{"s": 2, "lines": {"data": [{"a": 3}, {"a": 4}]}}, {"s": 5}]}, {"o": 6}]`, "[].ships[].lines.data",
			`[{"a":"3","line":"1","parent.parent.o":"1","parent.s":"2"},{"a":"4","line":"2","parent.parent.o":"1","parent.s":"2"},` +
				`{"line":"3","parent.parent.o":"1","parent.s":"5"},{"line":"4","parent.parent.o":"6"}]`,
		},
		{`{"id": 1, "lines": [{"a": 1}, {"a": 2}]}` + "\n" + `{"id": 2, "lines": [{"a": 3}]}`, "lines", `[{"a":"1","line":"1","parent.id":"1"},{"a":"2","line":"2","parent.id":"1"},{"a":"3","line":"3","parent.id":"2"}]`},
		{"{\"id\": 1,\n \"b\": [{}]}\n{\"id\":\n 2}", "", `[{"b":"[{}]","id":"1","line":"1"},{"id":"2","line":"2"}]`},
		{"{\"id\": 1}\n\n{\"id\": 2}", "", `[{"id":"1","line":"1"},{"id":"2","line":"3"}]`},
	} {
		rows, j, err := rowsOf(c.text, c.path, false)
		require.NoError(t, err, c.text)
		got, err := json.Marshal(rows)
		require.NoError(t, err)
		require.JSONEq(t, c.want, string(got), c.text)
		counted := &LineCount{}
		_, _ = counted.Write([]byte(c.text))
		require.Equal(t, counted.Lines(), j.LinesRead(), c.text)
	}
}

// What a document leaves open is asked; where it breaks, the line is said.
func TestDocumentErrors(t *testing.T) {
	for _, c := range []struct{ text, path, want string }{
		{`{"orders": [{"a": 1}], "refunds": [{"a": 2}]}`, "", "it has several lists of objects, orders and refunds: say which holds the records"},
		{`{"orders": [{"a": 1}], "x": {"refunds": [{"a": 2}]}}`, "order", `it has no list "order"; its lists of objects are orders, x.refunds`},
		{"[{\"a\": 1},\n{\"a\": 2}", "", "line 2: the document ends here, in the middle: it was cut off"},
		{"[{\"a\": 1}\n{\"a\": 2}]", "", `line 2: expected ',' or ']' here`},
		{"[{\"a\": 1}]\n[", "", "line 2: the document ends before this, and something follows it"},
		{"{\"data\": [{\"a\": 1}],\n\"data\": [{\"a\": 2}]}", "data", "line 2: the document has the member data twice"},
		{"{\"x\": 1,\n\"data\": [{\"a\": 1}], 7}", "", "line 2: expected the name of a member in quotes"},
		{`[{"a": 1, "b": {"c": 2}}]`, "b", `"b" is no list here`},
		{`[{"a": [{"c": [1]}]}]`, "a.c", `"a" is a list here: write a[] in records`},
		{`{"data": []}`, "data", "its list of records is empty"},
		{"[]", "", `expected a list of objects`},
	} {
		_, _, err := rowsOf(c.text, c.path, false)
		require.ErrorContains(t, err, c.want, c.text)
	}
}

// A second list behind the first, further on than was looked at, is asked about too.
func TestSecondListFarBehind(t *testing.T) {
	text := `{"a": [` + strings.Repeat(`{"x": "`+strings.Repeat("y", 1000)+`"},`, layoutBytes/1000) + `{}], "b": [{}]}`
	l, err := ReadLayout(strings.NewReader(text), "", false)
	require.NoError(t, err)
	require.Equal(t, Layout{List: []string{"a"}, Found: true}, l)
	j := NewJSON(strings.NewReader(text), l, nil)
	for err == nil {
		_, err = j.Next()
	}
	require.ErrorContains(t, err, "it has several lists of objects, a and b: say which holds the records, by records beside the path")
}

// Random documents, written with and without indentation, against the standard library.
func TestDocumentsAgainstTheStandardLibrary(t *testing.T) {
	value := rapid.OneOf(
		rapid.Map(rapid.String(), func(s string) any { return s }), rapid.Map(rapid.IntRange(-5, 1e6), func(n int) any { return n }),
		rapid.SampledFrom([]any{nil, true, "]", `"`, `\`, "}{", []any{1, "x"}, map[string]any{"in": "[", "n": nil}}),
	)
	item := rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "c d", "é", "q\"", "in"}), value, 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		orders := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) map[string]any {
			order := item.Draw(t, "order")
			if rapid.Bool().Draw(t, "has items") {
				order["items"] = rapid.SliceOfN(item, 0, 3).Draw(t, "items")
			}
			return order
		}), 1, 5).Draw(t, "orders")
		document := map[string]any{"before": map[string]any{"x": []any{1}}, "list": orders, "zz": []any{"{"}}
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		if rapid.Bool().Draw(t, "indented") {
			encoder.SetIndent("", "  ")
		}
		require.NoError(t, encoder.Encode(document))
		rows, _, err := rowsOf(text.String(), "list[].items[]", false)
		require.NoError(t, err, text.String())
		var want []map[string]string
		for _, order := range orders {
			items, _ := order["items"].([]map[string]any)
			if len(items) == 0 {
				items = []map[string]any{nil}
			}
			for _, i := range items {
				row := map[string]string{"line": strconv.Itoa(len(want) + 1)}
				flat(row, "", i)
				flat(row, "parent.", order)
				delete(row, "parent.items")
				want = append(want, row)
			}
		}
		for i := range rows {
			for name, cell := range rows[i] {
				if !strings.HasPrefix(cell, "{") && !strings.HasPrefix(cell, "[") {
					continue
				}
				var compact bytes.Buffer // an object or a list, as it stands in the file; or a text
				if json.Compact(&compact, []byte(cell)) == nil && want[i][name] != cell {
					rows[i][name] = compact.String()
				}
			}
		}
		require.Equal(t, want, rows, text.String())
	})
}

// flat adds the members of an object by name, and those of objects in it.
func flat(row map[string]string, prefix string, object map[string]any) {
	for key, value := range object {
		switch v := value.(type) {
		case nil:
		case string:
			row[prefix+key] = strings.ToValidUTF8(v, "\uFFFD")
		case map[string]any:
			flat(row, prefix+key+".", v)
			text, _ := json.Marshal(v)
			row[prefix+key] = string(text)
		default:
			text, _ := json.Marshal(v)
			row[prefix+key] = string(text)
		}
	}
}
