package engine

import "strings"

// Identifier quotes a name for SQL. It is the only way a name that a user or
// a file gave gets into a statement.
func Identifier(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// Literal quotes a text for SQL, for the places where no parameter can be
// bound: table functions and settings.
func Literal(text string) string {
	return `'` + strings.ReplaceAll(text, `'`, `''`) + `'`
}
