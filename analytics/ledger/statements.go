package ledger

import (
	"embed"
	"strings"
	"text/template"

	"clientele/analytics/engine/dialect"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

var statements = dialect.Read(sqlFiles, "sql/*.sql",
	template.FuncMap{"join": func(names []string) string { return strings.Join(names, ", ") }})

// statement is one of this process, where files are read.
func statement(name string, data any) (string, error) {
	return statements.Write(dialect.DuckDB, name, data)
}

// statement is one over the ledger, wherever that is.
func (p *Plan) statement(name string, data any) (string, error) {
	return statements.Write(p.at.Dialect(), name, data)
}
