package dialect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template"
)

// Dialect is the SQL of an engine.
type Dialect int

// The engines.
const (
	DuckDB Dialect = iota
	Spark
	dialects // how many there are
)

// String is the name of the engine.
func (d Dialect) String() string { return [dialects]string{"duckdb", "spark"}[d] }

// Write writes a word of the table. A word that is not there is a mistake in the program.
func (d Dialect) Write(name string, parts ...string) string {
	w, known := words[name]
	if !known {
		panic(fmt.Sprintf("dialect: no word %q", name))
	}
	pattern := [dialects]string{w.duckDB, w.spark}[d]
	args := make([]any, len(parts))
	for i, p := range parts {
		args[i] = p
	}
	return fmt.Sprintf(pattern, args...)
}

// Identifier quotes a name. It is the only way a name that a user or a file gave gets into
// a statement.
func (d Dialect) Identifier(name string) string {
	quote := [dialects]string{`"`, "`"}[d]
	return quote + strings.ReplaceAll(name, quote, quote+quote) + quote
}

// Literal quotes a text, for the places where no parameter can be bound.
func (d Dialect) Literal(text string) string {
	if d == DuckDB {
		return `'` + strings.ReplaceAll(text, `'`, `''`) + `'`
	}
	// Spark puts settings and variables of its machine in the place of ${...}, in texts too.
	return `'` + strings.NewReplacer(`\`, `\\`, `'`, `\'`, `$`, `\u0024`).Replace(text) + `'`
}

// functions are the words as templates call them.
func (d Dialect) functions() template.FuncMap {
	all := template.FuncMap{"name": d.Identifier, "quoted": d.Literal}
	for name := range words {
		all[name] = func(parts ...string) string { return d.Write(name, parts...) }
	}
	return all
}

// Bind puts values, as SQL has them, in the place of a statement's parameters $1, $2 and on, for
// engines that take none (Spark: in a view). It passes over what stands in quotes and in comments.
func Bind(sql string, values []string) string {
	return parameters.ReplaceAllStringFunc(sql, func(found string) string {
		if found[0] != '$' {
			return found
		}
		at, err := strconv.Atoi(found[1:])
		if err != nil || at < 1 || at > len(values) {
			panic("dialect: no parameter " + found)
		}
		return values[at-1]
	})
}

// parameters are those of a statement; comments and quotes match first, in which none is.
var parameters = regexp.MustCompile(`--[^\n]*|'(?:[^'\\]|\\.)*'|"[^"]*"|` + "`[^`]*`" + `|\$\d+`)
