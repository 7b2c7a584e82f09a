package publish

import (
	"io"
	"iter"
	"runtime"

	"github.com/apache/arrow-go/v18/arrow"
)

// CSVOptions says how a CSV file is written. The zero value is the default.
type CSVOptions struct {
	// Spreadsheet writes for the programs that people open CSV files with: a
	// mark of byte order, by which they know UTF-8, and an apostrophe before text
	// that they would run as a formula or show as another number or a date. One
	// leading apostrophe taken off gives the text back. Without it text stays as
	// it is, so that programs can join on it.
	Spreadsheet bool

	// Heading is what a column is called in the first line; nil: by its name.
	Heading func(name string) string

	// Places are the fractional digits of columns of floats and decimals, by name: they are
	// rounded to as many, halves away from zero. Others are as they are.
	Places map[string]int

	// Threads bounds how many batches of rows are formatted at once; 0 means
	// as many as Go may use processors. The bytes written do not depend on it.
	Threads int
}

// WriteCSV writes batches to w as CSV (RFC 4180) with a header, and gives the
// number of data rows. Batches stay the producer's: each needs to live until
// the next is asked for.
//
//   - Lines end in LF. Null is an empty cell, and so is empty text.
//   - Dates are 2011-12-10, timestamps RFC 3339 in UTC.
//   - Floats are the shortest text that reads back to the same bits. A NaN or
//     an infinity is an error.
//   - Decimals are exact, with two fractional digits or as many as they need.
//   - Columns with places have as many fractional digits: see [CSVOptions].
//   - Text is as it is, or guarded: see [CSVOptions]. Columns of numbers and
//     days never are.
//
// The types it takes are those of [NewTable] and their Arrow relatives: other
// widths of integers and floats, large and dictionary-encoded text. A batch
// that does not fit schema is an error, as is an error from batches.
func WriteCSV(
	w io.Writer, schema *arrow.Schema, batches iter.Seq2[arrow.RecordBatch, error], o CSVOptions,
) (rows int64, err error) {
	if err := checkSchema(schema); err != nil {
		return 0, err
	}
	if _, err := w.Write(headerLine(schema, o)); err != nil {
		return 0, err
	}
	f := newFormatter(w, o)
	defer f.release()
	for batch, err := range batches {
		if err != nil {
			return rows, err
		}
		if err := checkBatch(schema, batch, rows); err != nil {
			return rows, err
		}
		if err := f.add(batch); err != nil {
			return rows, err
		}
		rows += batch.NumRows()
	}
	return rows, f.flush()
}

// byteOrderMark begins a file for spreadsheets: without it they take UTF-8 for
// an old Windows encoding.
const byteOrderMark = "\ufeff"

// headerLine is the line of column names or headings. They are text like any other:
// mapped attributes carry names that users chose.
func headerLine(schema *arrow.Schema, o CSVOptions) []byte {
	var line []byte
	if o.Spreadsheet {
		line = append(line, byteOrderMark...)
	}
	for i, field := range schema.Fields() {
		if i > 0 {
			line = append(line, ',')
		}
		heading := field.Name
		if o.Heading != nil {
			heading = o.Heading(heading)
		}
		line = appendText(line, heading, o.Spreadsheet)
	}
	return append(line, '\n')
}

// threads resolves the option.
func (o CSVOptions) threads() int {
	if o.Threads > 0 {
		return o.Threads
	}
	return runtime.GOMAXPROCS(0)
}
