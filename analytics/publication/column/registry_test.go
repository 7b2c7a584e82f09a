package column

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var columnName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Every column is whole, stands in a file, and has a name of its own there.
func TestRegistryIsWhole(t *testing.T) {
	for _, file := range [][]*Column{Customers, State} {
		seen := map[string]bool{}
		for _, c := range file {
			require.Regexp(t, columnName, c.Name)
			require.False(t, seen[c.Name], "%s stands twice in a file", c.Name)
			seen[c.Name] = true
			require.Contains(t, []Type{Text, Count, Number, Day, Amount}, c.Type, c.Name)
			require.Contains(t, []Stage{Base, Scores, Worth, Referrals, Lifecycle, Risk, Interests, Tiers, Pyramid, Groups}, c.Stage, c.Name)
			require.True(t, c.Form == "" || c.Type == Number, "%s: only numbers have forms", c.Name)
			require.NotEmpty(t, c.Doc, c.Name)
			require.False(t, strings.HasSuffix(c.Doc, "."), "%s: one sentence, without its full stop", c.Name)
			require.False(t, c.Later && !slices.Contains(State, c), "%s: only a state is read back", c.Name)
		}
	}
}

// Every list is whole, and has one column of each name.
func TestListsAreWhole(t *testing.T) {
	files := map[string]bool{}
	for _, l := range Lists {
		require.Regexp(t, `^([a-z_]+|lists/<channel>)\.csv$`, l.File)
		require.False(t, files[l.File], l.File)
		files[l.File] = true
		require.NotEmpty(t, l.Row, l.File)
		require.NotEmpty(t, l.Order, l.File)
		seen := map[string]bool{}
		for _, c := range l.Columns {
			require.Regexp(t, columnName, c.Name)
			require.False(t, seen[c.Name], "%s stands twice in %s", c.Name, l.File)
			seen[c.Name] = true
			require.Contains(t, []Type{Text, Count, Number, Day, Amount}, c.Type, c.Name)
			require.NotEmpty(t, c.Doc, c.Name)
			require.False(t, strings.HasSuffix(c.Doc, "."), "%s: one sentence, without its full stop", c.Name)
		}
	}
}

// A column that is declared and not listed would be refused at night.
func TestEveryDeclaredColumnIsListed(t *testing.T) {
	listed := map[string]bool{}
	for _, list := range []string{"Customers", "State"} {
		for _, name := range namesIn(t, list) {
			listed[name] = true
		}
	}
	declared := declaredColumns(t)
	require.Len(t, declared, len(listed))
	for _, name := range declared {
		require.True(t, listed[name], "%s stands in neither Customers nor State", name)
	}
}

func parsed(t *testing.T) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	for _, name := range []string{"customers.go", "lifecycle.go", "tiers.go", "groups.go", "registry.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		files[name] = f
	}
	return files
}

// declaredColumns are the variables of the package that are a column.
func declaredColumns(t *testing.T) (names []string) {
	t.Helper()
	for _, f := range parsed(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			if u, ok := v.Values[0].(*ast.UnaryExpr); ok {
				if lit, ok := u.X.(*ast.CompositeLit); ok && lit.Type.(*ast.Ident).Name == "Column" {
					names = append(names, v.Names[0].Name)
				}
			}
			return true
		})
	}
	return names
}

// namesIn are the columns of a list of registry.go.
func namesIn(t *testing.T, list string) (names []string) {
	t.Helper()
	ast.Inspect(parsed(t)["registry.go"], func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || v.Names[0].Name != list {
			return true
		}
		for _, e := range v.Values[0].(*ast.CompositeLit).Elts {
			names = append(names, e.(*ast.Ident).Name)
		}
		return false
	})
	return names
}
