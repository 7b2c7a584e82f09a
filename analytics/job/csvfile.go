package job

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"clientele/analytics/publication/column"
	"clientele/internal/regular"
	"clientele/internal/spreadsheet"
)

// CSVFile is a small CSV file that stands beside the job file and that people keep by hand:
// pins, ids, rates. Its columns are parted by comma, semicolon or tab, and stand in any
// order, among others. It is in memory, and what was hashed is what is read.
type CSVFile struct {
	Path      string // as the job file has it
	SHA256    string
	Delimiter rune

	place   string // where it is
	in      *csv.Reader
	columns map[string]int // by name in small letters
}

// delimiters part the columns of such files.
const delimiters = ",;\t"

// OpenCSV reads a file that a key of the job names, and its header, which must have some
// columns. dir is the job's. The error is Errors.
func OpenCSV(dir, key, path string, want ...string) (*CSVFile, error) {
	f := &CSVFile{Path: path, place: path}
	if !filepath.IsAbs(path) {
		f.place = filepath.Join(dir, path)
	}
	data, err := regular.ReadFile(f.place)
	if err != nil {
		message := cannotBeRead(err)
		if errors.Is(err, os.ErrNotExist) {
			message = "no such file; check the path, or remove " + key
		}
		return nil, Errors{{At: Position{File: f.place}, Key: key, Message: message}}
	}
	sum := sha256.Sum256(data)
	f.SHA256 = hex.EncodeToString(sum[:])
	return f, f.readHeader(strings.TrimPrefix(string(data), "\ufeff"), want)
}

// readHeader finds the columns that there must be.
func (f *CSVFile) readHeader(text string, want []string) error {
	f.Delimiter = delimiterOf(text, want)
	f.in = csv.NewReader(strings.NewReader(text))
	f.in.TrimLeadingSpace, f.in.Comma = true, f.Delimiter
	header, err := f.in.Read()
	if errors.Is(err, io.EOF) {
		return f.fault(1, 1, "the file is empty; want a header with %s", strings.Join(want, ", "))
	}
	if err != nil {
		return f.damaged(err)
	}
	f.columns = columnsOf(header)
	line, _ := f.in.FieldPos(0)
	var wrong Errors
	for _, name := range want {
		if !f.Has(name) {
			wrong = append(wrong, f.fault(line, 1, "the column %s is missing; want a header with %s", name, strings.Join(want, ", "))...)
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// columnsOf are the places of columns, by name. Of two of one name the first counts.
func columnsOf(header []string) map[string]int {
	at := map[string]int{}
	for i, name := range slices.Backward(header) {
		at[strings.ToLower(column.NameOf(strings.TrimSpace(name)))] = i // or a heading, where it was copied from a file for spreadsheets
	}
	return at
}

// delimiterOf is what parts the columns: that with which the header has what it must have or,
// if none has, the first that is there.
func delimiterOf(text string, want []string) rune {
	header, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	found := ','
	for _, delimiter := range delimiters {
		in := csv.NewReader(strings.NewReader(header))
		in.TrimLeadingSpace, in.Comma = true, delimiter
		cells, err := in.Read()
		if err != nil || len(cells) < 2 {
			continue
		}
		columns := columnsOf(cells)
		if !slices.ContainsFunc(want, func(name string) bool { _, is := columns[name]; return !is }) {
			return delimiter
		}
		if found == ',' {
			found = delimiter
		}
	}
	return found
}

// Has tells whether there is a column, whatever its capital letters.
func (f *CSVFile) Has(column string) bool {
	_, is := f.columns[column]
	return is
}

// Next reads on to the next line; io.EOF after the last. Any other error is Errors, and ends
// the file.
func (f *CSVFile) Next() (CSVRow, error) {
	record, err := f.in.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		err = f.damaged(err)
	}
	return CSVRow{f, record}, err
}

// eachRow reads a file to its end, or to where it is damaged, which is a violation.
func (r *reader) eachRow(file *CSVFile, do func(CSVRow)) {
	for {
		row, err := file.Next()
		if wrong, damaged := errors.AsType[Errors](err); damaged {
			r.found = append(r.found, wrong...)
		}
		if err != nil {
			return
		}
		do(row)
	}
}

// damaged reports a line that is no CSV.
func (f *CSVFile) damaged(err error) Errors {
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return f.fault(parse.Line, parse.Column, "is not CSV: %s", parse.Err)
	}
	return f.fault(0, 0, "is not CSV: %s", err)
}

func (f *CSVFile) fault(line, column int, format string, args ...any) Errors {
	return Errors{{At: Position{f.place, line, column}, Message: fmt.Sprintf(format, args...)}}
}

// CSVRow is the line that was read last.
type CSVRow struct {
	file  *CSVFile
	cells []string
}

// Cell is a value of the line, without spaces around it. The column must be there.
func (r CSVRow) Cell(column string) string {
	return strings.TrimSpace(r.cells[r.file.columns[column]])
}

// At is where the value stands.
func (r CSVRow) At(column string) Position {
	line, at := r.file.in.FieldPos(r.file.columns[column])
	return Position{r.file.place, line, at}
}

// idOf is the customer's id that a cell of such a file stands for. Where the job writes CSV
// files for spreadsheets, it may be copied from there, guarded.
func (j *Job) idOf(cell string) string {
	if j.Output.CSV == SpreadsheetCSV {
		return spreadsheet.Plain(cell)
	}
	return cell
}
