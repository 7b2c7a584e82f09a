package publication

import (
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
)

// Reject is a row that was set aside.
type Reject struct {
	Source string // file
	Line   int64  // in it
	Reason string
	Row    string // as it was
}

// Rejects are the rows set aside, which may be most of a large export and never need be
// in memory together.
type Rejects struct {
	// Each calls a function with each of them.
	Each func(func(Reject) error) error
	// AtOnce is how many are in memory together; 0 means 10,000.
	AtOnce int
}

// CSV writes rejects.csv and gives the number of rows.
func (r Rejects) CSV(w io.Writer, o publish.CSVOptions) (int64, error) {
	if r.AtOnce == 0 {
		r.AtOnce = 10_000
	}
	empty, err := rejectTable(nil)
	if err != nil {
		return 0, err
	}
	defer empty.Release()
	return publish.WriteCSV(w, empty.Schema(), r.batches(), o)
}

// errEnough stops the walk over rejects when its reader wants no more.
var errEnough = errors.New("enough")

func (r Rejects) batches() iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		var rows []Reject
		flush := func() error {
			table, err := rejectTable(rows)
			if err != nil {
				return err
			}
			defer table.Release()
			rows = rows[:0]
			if !yield(table, nil) {
				return errEnough
			}
			return nil
		}
		err := r.Each(func(row Reject) error {
			if rows = append(rows, row); len(rows) < r.AtOnce {
				return nil
			}
			return flush()
		})
		if err == nil {
			err = flush()
		}
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

func rejectTable(rows []Reject) (arrow.RecordBatch, error) {
	return publish.NewTable(nil,
		publish.ColOf("source", rows, func(r Reject) string { return r.Source }),
		publish.ColOf("line", rows, func(r Reject) int64 { return r.Line }),
		publish.ColOf("reason", rows, func(r Reject) string { return r.Reason }),
		publish.ColOf("row", rows, func(r Reject) string { return r.Row }))
}

// CountRejects counts the rows of rejects.csv in which a text stands as a whole cell, by
// reason. Errors are those of [Publication.OpenFile].
func (p *Publication) CountRejects(text string) (counts map[string]int64, err error) {
	f, err := p.OpenFile(column.Rejects.File)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in, err := readCells(f)
	if err != nil {
		return nil, p.Damaged(column.Rejects.File, err)
	}
	reason, row := slices.Index(in.names, "reason"), slices.Index(in.names, "row")
	if reason < 0 || row < 0 {
		err = errors.New("it has no columns reason and row")
	}
	counts = map[string]int64{}
	for err == nil {
		var record []string
		if record, err = in.Read(); err == nil && holdsCell(in.text(record[row]), text) {
			counts[strings.Clone(record[reason])]++
		}
	}
	if !errors.Is(err, io.EOF) {
		return nil, p.Damaged(column.Rejects.File, err)
	}
	return counts, nil
}

// holdsCell tells whether a row, as it was, holds a text between two signs that part cells.
func holdsCell(row, text string) bool {
	const parts = ",;\t|\"' "
	for text != "" {
		before, after, found := strings.Cut(row, text)
		if !found {
			return false
		}
		if (before == "" || strings.ContainsRune(parts, rune(before[len(before)-1]))) &&
			(after == "" || strings.ContainsRune(parts, rune(after[0]))) {
			return true
		}
		row = after
	}
	return false
}
