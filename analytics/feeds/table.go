package feeds

import (
	"encoding/csv"
	"io"

	"clientele/analytics/feeds/shapes"
)

// table writes rows as CSV: lines end in LF, and text is as it is.
type table struct {
	*csv.Writer
	rows int64
	err  error // of the header
}

func newTable(w io.Writer, ids, fields shapes.Fields) *table {
	t := &table{Writer: csv.NewWriter(w)}
	var header []string
	for _, f := range append(append(shapes.Fields{}, ids...), fields...) {
		header = append(header, f.Name)
	}
	t.err = t.Write(header)
	return t
}

func (t *table) add(ids, cells []string) error {
	if t.err != nil {
		return t.err
	}
	t.rows++
	return t.Write(append(append([]string{}, ids...), cells...))
}

func (t *table) end() (int64, error) {
	t.Flush()
	return t.rows, t.Error()
}
