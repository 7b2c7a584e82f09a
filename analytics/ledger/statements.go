package ledger

import (
	"embed"
	"strings"
	"text/template"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

var statements = template.Must(template.New("").
	Funcs(template.FuncMap{"join": func(names []string) string { return strings.Join(names, ", ") }}).
	ParseFS(sqlFiles, "sql/*.sql"))

func statement(name string, data any) (string, error) {
	var sql strings.Builder
	if err := statements.ExecuteTemplate(&sql, name, data); err != nil {
		return "", err
	}
	return sql.String(), nil
}
