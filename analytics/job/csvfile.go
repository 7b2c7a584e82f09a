package job

import (
	"encoding/csv"
	"errors"
)

// damagedCSV reports a line that is no CSV.
func (r *reader) damagedCSV(err error) {
	where, message := Position{File: r.file}, err.Error()
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		where, message = Position{r.file, parse.Line, parse.Column}, parse.Err.Error()
	}
	r.report(where, "", "is not CSV: %s", message)
}
