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

// FileName quotes the name of a file for a table function that reads files.
// Such a function takes a name for a pattern; this is the pattern that the name
// alone matches.
func FileName(name string) string {
	var pattern strings.Builder
	for _, c := range name {
		if strings.ContainsRune("*?[", c) {
			pattern.WriteString("[" + string(c) + "]")
		} else {
			pattern.WriteRune(c)
		}
	}
	return Literal(pattern.String())
}
