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
	Sheet   string // of a workbook with rows on several sheets
	Format  job.Format
	Bytes   int64
	Columns []LookColumn
	// Rows are the first rows as text, cells in the order of Columns; an empty
	// cell is none.
	Rows [][]string
	// Values are, by column, all values in the file of a column that has few, such as a
	// status: the last rows may have some that the first have not.
	Values map[int][]string
	// Days are, by column, days and months below the first rows that tell which is which,
	// such as 31/12/2024.
	Days map[int][]string
	// Delimiter is what stands between the cells of a CSV file.
	Delimiter byte
	// Titles are the cells of the lines above the names of the columns, of a CSV file.
	Titles [][]string
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
	files, _, err := findFiles(dir, s)
	if err != nil {
		return nil, &DataError{Path: s.Path, Message: err.Error()}
	}
	var all []*Look
	for i, f := range files {
		sheets, err := sheetsToLookAt(ctx, f, s)
		if err != nil {
			return nil, err
		}
		for k, sheet := range sheets {
			s.Sheet = sheet
			p := &Plan{engine: e, job: &job.Job{Dir: dir, Sources: []job.Source{s}}}
			batches, err := p.describe(ctx, 0, s, []file{f}, 0)
			if err != nil {
				return nil, err
			}
			look, err := batches[0].look(ctx, e, fmt.Sprintf("look_%d_%d", i, k))
			if err != nil {
				return nil, err
			}
			look.Sheet = sheet
			all = append(all, look)
		}
	}
	return all, nil
}

// look reads the first rows of a batch of one file.
func (b *batch) look(ctx context.Context, e engine.Engine, table string) (*Look, error) {
	f := b.files[0]
	l := &Look{Path: f.path, Open: f.open, Format: b.format, Bytes: f.is.size, Delimiter: f.head.Delimiter, Titles: f.head.Titles, Titled: b.format != job.CSV || f.head.Titled}
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
		" WHERE NOT "+malformedColumn+" AND NOT "+footerColumn+" ORDER BY "+fileColumn+", "+lineColumn)
	if err != nil {
		return nil, err
	}
	if int64(len(l.Rows)) >= b.mostSampled() {
		if err := b.lookFor(ctx, e, l, table+"_values"); err != nil {
			return nil, err
		}
	}
	return l, e.Exec(ctx, "DROP TABLE "+b.rawSample)
}

// tellingDay is a day whose number tells it from the month, in the language of the engine.
const tellingDay = `^\s*((1[3-9]|2[0-9]|3[01])[./-][0-9]{1,2}|[0-9]{1,2}[./-](1[3-9]|2[0-9]|3[01]))[./-]([0-9]{4}|[0-9]{2})`

// lookFor reads the file to its end for the values of the columns that have few in its
// first rows, and for what tells days from months.
func (b *batch) lookFor(ctx context.Context, e engine.Engine, l *Look, table string) error {
	var structs []string
	for i, c := range b.columns {
		if c.kind != textKind {
			continue
		}
		value := "regexp_extract(" + rawColumn(i) + ", " + engine.Literal(tellingDay) + ")"
		if few(l.Rows, i) {
			value = rawColumn(i)
		}
		structs = append(structs, fmt.Sprintf("{'place': %d, 'value': %s}", i, value))
	}
	if len(structs) == 0 {
		return nil
	}
	err := b.read(ctx, e, 0, func(reader string) string {
		return "CREATE TEMP TABLE " + table + " AS SELECT DISTINCT one.place, one.value FROM (SELECT unnest([" + strings.Join(structs, ", ") + "]) AS one FROM " + reader + ")"
	})
	if err != nil {
		return err
	}
	rows, err := engine.Text(ctx, e, "SELECT CAST(place AS VARCHAR), value FROM "+table+" WHERE value <> '' ORDER BY place, value")
	if err != nil {
		return err
	}
	l.Values, l.Days = map[int][]string{}, map[int][]string{}
	for _, row := range rows {
		var at int
		if _, err := fmt.Sscan(row[0], &at); err != nil {
			return fmt.Errorf("values of a column: %w", err)
		}
		into := l.Days
		if few(l.Rows, at) {
			into = l.Values
		}
		into[at] = append(into[at], row[1])
	}
	return e.Exec(ctx, "DROP TABLE "+table)
}

// few tells whether a column has so few values that they may be states of something.
func few(rows [][]string, column int) bool {
	const most = 40
	seen := map[string]bool{}
	for _, row := range rows {
		seen[row[column]] = true
		if len(seen) > most {
			return false
		}
	}
	return true
}
