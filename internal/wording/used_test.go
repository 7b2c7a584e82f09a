package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// use is one place of the source that says something.
type use struct {
	where  string
	key    string // or the family
	family bool
	values []string // names of the values
	open   bool     // the values are not all written out
}

// TestEveryTextIsThere holds the source against the catalogues: each text that it
// says is there, in each language, with the values that it is given.
func TestEveryTextIsThere(t *testing.T) {
	for _, u := range usesOf(t, "../..") {
		for language, entries := range catalogues {
			for key, e := range u.entries(entries) {
				require.NotNil(t, e, "%s: there is no text %s in %s", u.where, key, language)
				for _, name := range e.names() {
					require.True(t, u.open || slices.Contains(u.values, name),
						"%s: %s in %s needs a value {%s}", u.where, key, language, name)
				}
			}
		}
	}
}

// TestEveryTextIsUsed finds texts that nothing says any more, and values that no
// language uses.
func TestEveryTextIsUsed(t *testing.T) {
	used := map[string]bool{"list.and": true, "list.between": true, "list.clause": true} // said by List and Word, here
	for _, u := range usesOf(t, "../..") {
		names := map[string]bool{}
		for _, entries := range catalogues {
			for key, e := range u.entries(entries) {
				used[key] = true
				for _, name := range e.names() {
					names[name] = true
				}
			}
		}
		for _, name := range u.values {
			require.True(t, names[name] || u.family, "%s: no text of %s has the value {%s}", u.where, u.key, name)
		}
	}
	for language, entries := range catalogues {
		for key := range entries {
			require.True(t, used[key], "nothing says %s of %s", key, language)
		}
	}
}

// TestLanguagesHaveTheSameTexts finds what was not translated.
func TestLanguagesHaveTheSameTexts(t *testing.T) {
	en, zh := catalogues["en"], catalogues["zh"]
	require.Equal(t, slices.Sorted(maps.Keys(en)), slices.Sorted(maps.Keys(zh)))
	for key, e := range en {
		other := zh[key]
		require.Equal(t, e.names(), other.names(), key)
	}
}

// TestTheReaderOfTheSourceSees shows that the tests above can fail.
func TestTheReaderOfTheSourceSees(t *testing.T) {
	uses := usesIn(t, "x.go", `package x
		func f() {
			say.Say("a.b", "rows", 1)
			s.say.AppendTo(b, "a.c", values...)
			say.SayOf("a.stage", stage)
			return wording.Of("a.d", "n", 1), columns.Of("id"), wording.Clause("a.e", "n:", "x")
		}`)
	require.Equal(t, []use{
		{where: "x.go:3", key: "a.b", values: []string{"rows"}},
		{where: "x.go:4", key: "a.c", open: true},
		{where: "x.go:5", key: "a.stage", family: true},
		{where: "x.go:6", key: "a.d", values: []string{"n"}},
		{where: "x.go:6", key: "a.e", values: []string{"n"}},
	}, uses)
	require.Equal(t, []use{{where: "page.html:1", key: "a.b", open: true}, {where: "page.html:1", key: "a.stage", family: true, open: true}},
		usesInTemplate("page.html", `<h1>{{say "a.b" "rows" .Rows}}</h1>{{sayOf "a.stage" .Stage}}`))
	all := map[string]entry{"a.stage.x": {}, "a.stages": {}, "a.b": {}}
	require.Equal(t, []string{"a.stage.x"}, slices.Collect(maps.Keys(uses[2].entries(all))))
	require.Nil(t, uses[1].entries(all)["a.c"], "there is none")
}

// entries are those that a use may say; nil for one that is not there.
func (u use) entries(all map[string]entry) map[string]*entry {
	found := map[string]*entry{}
	for key, e := range all {
		if key == u.key && !u.family || u.family && strings.HasPrefix(key, u.key+".") {
			found[key] = &e
		}
	}
	if len(found) == 0 {
		found[u.key] = nil
	}
	return found
}

// names are those of the values that a text has, in order of the alphabet.
func (e *entry) names() []string {
	if e == nil {
		return nil
	}
	all := map[string]bool{}
	for _, p := range slices.Concat(e.one, e.other) {
		if p.name != "" {
			all[p.name] = true
		}
	}
	if e.by != "" {
		all[e.by] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// usesOf reads the source of the program, tests excepted.
func usesOf(t *testing.T, root string) []use {
	t.Helper()
	var all []use
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == ".git" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		switch {
		case strings.HasSuffix(path, "_test.go") || filepath.Base(filepath.Dir(path)) == "wording":
		case strings.HasSuffix(path, ".go"):
			all = append(all, usesIn(t, path, nil)...)
		case strings.HasSuffix(path, ".tmpl") || strings.HasSuffix(path, ".html"):
			b, err := os.ReadFile(path)
			require.NoError(t, err)
			all = append(all, usesInTemplate(path, string(b))...)
		}
		return nil
	}))
	return all
}

// saying are the functions that say something, by where their key stands. Of those that
// take a family, the name within it follows.
var saying = map[string]struct {
	key    int
	family bool
	open   bool // the values are given elsewhere
}{
	"Say": {}, "SayOf": {family: true}, "AppendTo": {key: 1}, "AppendOf": {key: 1, family: true},
	"wording.Of": {}, "wording.OfFamily": {family: true}, "wording.AppendClause": {key: 1},
	"wording.AppendClauseOf": {key: 1, family: true}, "wording.Clause": {}, "wording.ClauseOf": {family: true},
	"p.say": {}, "f.Warn": {}, "n.Warn": {}, // of night.Frame
	"wording.Part": {open: true}, "AppendText": {key: 1}, "AppendTextOf": {key: 1, family: true},
}

// usesIn finds the calls in a file of Go that say something.
func usesIn(t *testing.T, path string, source any) []use {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, source, parser.SkipObjectResolution)
	require.NoError(t, err)
	var all []use
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := calledName(call.Fun)
		says, ok := saying[name]
		if !ok {
			says, ok = saying[name[strings.LastIndex(name, ".")+1:]]
		}
		if !ok || len(call.Args) <= says.key {
			return true
		}
		if passed, ok := call.Args[says.key].(*ast.Ident); ok && passed.Name == "key" && call.Ellipsis.IsValid() {
			return true // hands on what it was called with
		}
		where := path + ":" + strconv.Itoa(set.Position(call.Pos()).Line)
		u := use{where: where, family: says.family, open: says.open || call.Ellipsis.IsValid()}
		u.key = literal(t, where, call.Args[says.key])
		values := says.key + 1
		if says.family {
			values++
		}
		for i := values; i < len(call.Args) && !u.open; i += 2 {
			u.values = append(u.values, strings.TrimSuffix(literal(t, where, call.Args[i]), ":"))
		}
		all = append(all, u)
		return true
	})
	return all
}

// calledName is the name of a method or function that is called, with that of its package
// before it where there is one.
func calledName(e ast.Expr) string {
	called, ok := e.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if of, ok := called.X.(*ast.Ident); ok {
		return of.Name + "." + called.Sel.Name
	}
	return called.Sel.Name
}

// literal is the text of an argument, which must be written out.
func literal(t *testing.T, where string, e ast.Expr) string {
	t.Helper()
	lit, ok := e.(*ast.BasicLit)
	require.True(t, ok, "%s: keys and names of values stand as literals; use SayOf for a name of a small set", where)
	text, err := strconv.Unquote(lit.Value)
	require.NoError(t, err)
	return text
}

var saidInTemplate = regexp.MustCompile(`\b(say|sayOf) "([^"]+)"`)

// usesInTemplate finds say and sayOf in a template; what values they have is seen
// when it runs.
func usesInTemplate(path, source string) []use {
	var all []use
	for i, line := range strings.Split(source, "\n") {
		for _, m := range saidInTemplate.FindAllStringSubmatch(line, -1) {
			all = append(all, use{where: path + ":" + strconv.Itoa(i+1), key: m[2], family: m[1] == "sayOf", open: true})
		}
	}
	return all
}
