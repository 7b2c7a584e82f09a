package ledger

import (
	"context"
	"fmt"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// Look is what an export looks like before anybody says what its columns mean.
type Look struct {
	Path    string // as it was given
	Open    string // where it is, from the root
	Format  job.Format
	Bytes   int64
	Columns []LookColumn
	// Rows are the first rows as text, cells in the order of Columns; an empty
	// cell is none.
	Rows [][]string
	// Delimiter is what stands between the cells of a CSV file.
	Delimiter byte
	// Titled: the first line of a CSV file names its columns.
	Titled bool
}

// LookColumn is a column of an export.
type LookColumn struct {
	Name string
	// Time and Text tell what the file states of the column's values; neither
	// where it states that they are something else, such as numbers.
	Time, Text bool
	// Folder: the column is in the names of the file's folders.
	Folder bool
}

// LookAt looks at the files that a source stands for, one after the other, as a
// run would read them. The source needs a path and whatever says how files are
// read; its columns may be unmapped.
func LookAt(ctx context.Context, e engine.Engine, dir string, s job.Source) ([]*Look, error) {
	s.Malformed = 1 // whatever is wrong with a few lines is for the check to say
	files, err := findFiles(dir, s)
	if err != nil {
		return nil, &DataError{Path: s.Path, Message: err.Error()}
	}
	var all []*Look
	for i, f := range files {
		p := &Plan{engine: e, job: &job.Job{Dir: dir, Sources: []job.Source{s}}}
		batches, err := p.describe(ctx, 0, s, []file{f}, 0)
		if err != nil {
			return nil, err
		}
		look, err := batches[0].look(ctx, e, fmt.Sprintf("look_%d", i))
		if err != nil {
			return nil, err
		}
		all = append(all, look)
	}
	return all, nil
}

// look reads the first rows of a batch of one file.
func (b *batch) look(ctx context.Context, e engine.Engine, table string) (*Look, error) {
	f := b.files[0]
	l := &Look{Path: f.path, Open: f.open, Format: b.format, Bytes: f.is.size, Delimiter: f.head.Delimiter, Titled: b.format != job.CSV || f.head.Titled}
	cells := make([]string, len(b.columns))
	for i, c := range b.columns {
		l.Columns = append(l.Columns, LookColumn{Name: c.name, Time: isTime(c.kind), Text: c.kind == textKind, Folder: c.folder})
		b.used = append(b.used, i)
		cells[i] = TextSQL(rawColumn(i), c.kind)
	}
	b.sample = table
	if err := b.takeSample(ctx, e); err != nil {
		return nil, err
	}
	var err error
	l.Rows, err = engine.Text(ctx, e, "SELECT "+strings.Join(cells, ", ")+" FROM "+b.rawSample+
		" WHERE NOT "+malformedColumn+" ORDER BY "+fileColumn+", "+lineColumn)
	if err != nil {
		return nil, err
	}
	return l, e.Exec(ctx, "DROP TABLE "+b.rawSample)
}
