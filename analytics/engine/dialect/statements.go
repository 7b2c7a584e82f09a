package dialect

import (
	"io/fs"
	"strings"
	"sync"
	"text/template"
)

// Statements are files of statements that are written for all engines.
type Statements struct {
	read [dialects]func() *template.Template
}

// Read reads the files that match a pattern. The templates may call functions of their
// own beside the words. Files that cannot be read are a mistake in the program.
func Read(files fs.FS, pattern string, own template.FuncMap) *Statements {
	s := &Statements{}
	for d := range dialects {
		s.read[d] = sync.OnceValue(func() *template.Template {
			return template.Must(template.New("").Funcs(d.functions()).Funcs(own).ParseFS(files, pattern))
		})
	}
	return s
}

// Write writes the statement of a file for an engine.
func (s *Statements) Write(d Dialect, file string, data any) (string, error) {
	var sql strings.Builder
	if err := s.read[d]().ExecuteTemplate(&sql, file, data); err != nil {
		return "", err
	}
	return sql.String(), nil
}
