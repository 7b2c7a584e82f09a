package engine

import (
	"strings"

	"clientele/analytics/engine/dialect"
)

// Identifier quotes a name for DuckDB's SQL. It is the only way a name that a user or
// a file gave gets into a statement.
func Identifier(name string) string { return dialect.DuckDB.Identifier(name) }

// Literal quotes a text for DuckDB's SQL, for the places where no parameter can be
// bound: table functions and settings.
func Literal(text string) string { return dialect.DuckDB.Literal(text) }

// ReadParquet is the table function that reads files. It takes a name as it is: the
// engine would match patterns in it and read columns from its folders.
func ReadParquet(paths ...string) string {
	files := make([]string, len(paths))
	for i, p := range paths {
		files[i] = Literal(patternOf(p))
	}
	return "read_parquet([" + strings.Join(files, ", ") + "], hive_partitioning = false)"
}

// ReadCSV is the table function that reads a file with these options, for files that
// this program wrote.
func ReadCSV(path, options string) string {
	return "read_csv(" + Literal(patternOf(path)) + ", " + options + ", hive_partitioning = false)"
}

// patternOf gives the pattern that matches this name alone.
func patternOf(name string) string {
	var pattern strings.Builder
	for _, c := range name {
		if strings.ContainsRune(patternSigns, c) {
			pattern.WriteString("[" + string(c) + "]")
		} else {
			pattern.WriteRune(c)
		}
	}
	return pattern.String()
}

// patternSigns are the characters that make a pattern of a name.
const patternSigns = "*?["
