package ledger

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
	"clientele/analytics/ledger/workbook"
)

// A workbook is read into memory as the packed file that it is, and its rows one by one:
// the fingerprint is that of the very bytes that the rows are made of.

// describeWorkbook finds the sheet with the rows, and the row that names its columns.
func (b *batch) describeWorkbook(ctx context.Context) (err error) {
	f := &b.files[0]
	bytes, err := openFingerprinted(ctx, *f)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, bytes.file.Close()) }()
	book, err := openBook(bytes)
	if err != nil {
		return err
	}
	if f.sheet, err = b.chooseSheet(book); err != nil {
		return err
	}
	first, numbers, err := firstRows(book, f.sheet)
	if err != nil {
		return err
	}
	head, at, ok := records.HeadOfRows(first)
	if !ok {
		return &records.EmptyError{Message: fmt.Sprintf("its sheet %q has no rows", f.sheet.Name)}
	}
	f.head, f.header = head, numbers[at]
	for _, n := range head.Names {
		b.columns = append(b.columns, column{name: n, kind: textKind})
	}
	return nil
}

func openBook(file io.Reader) (*workbook.Book, error) {
	all, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return workbook.Open(all)
}

// chooseSheet is the sheet that the job names or, where it names none, the only one that
// holds rows and is not hidden.
func (b *batch) chooseSheet(book *workbook.Book) (workbook.Sheet, error) {
	path, key := b.files[0].path, b.spec.Key("sheet")
	if b.spec.Sheet != "" {
		at := slices.IndexFunc(book.Sheets, func(s workbook.Sheet) bool { return s.Name == b.spec.Sheet })
		if at < 0 {
			return workbook.Sheet{}, job.Errors{violation(b.spec, b.source, key, "%s has no sheet %q; its sheets are %s", path, b.spec.Sheet, sheetNames(book.Sheets))}
		}
		return book.Sheets[at], nil
	}
	filled, err := filledSheets(book)
	switch {
	case err != nil:
		return workbook.Sheet{}, err
	case len(filled) == 0:
		return workbook.Sheet{}, errors.New("none of its sheets has rows")
	case len(filled) > 1:
		return workbook.Sheet{}, job.Errors{violation(b.spec, b.source, key, "%s has rows on several sheets, %s: say which to read, for example sheet: %s", path, sheetNames(filled), filled[0].Name)}
	}
	return filled[0], nil
}

func sheetNames(sheets []workbook.Sheet) string {
	names := make([]string, len(sheets))
	for i, s := range sheets {
		names[i] = fmt.Sprintf("%q", s.Name)
	}
	return strings.Join(names, ", ")
}

// filledSheets are those with rows. Hidden ones are what formulas and lists of choices need:
// they count only where there is nothing else.
func filledSheets(book *workbook.Book) ([]workbook.Sheet, error) {
	filled, err := withRows(book)
	if seen := slices.DeleteFunc(slices.Clone(filled), func(s workbook.Sheet) bool { return s.Hidden }); len(seen) > 0 {
		return seen, err
	}
	return filled, err
}

func withRows(book *workbook.Book) (filled []workbook.Sheet, err error) {
	for _, s := range book.Sheets {
		rows, err := book.Rows(s, io.Discard)
		if err != nil {
			return nil, err
		}
		_, err = rows.Next()
		if closed := rows.Close(); err == nil {
			err = closed
		}
		switch {
		case err == nil:
			filled = append(filled, s)
		case !errors.Is(err, io.EOF):
			return nil, err
		}
	}
	return filled, nil
}

// firstRows are the first rows of a sheet, and their numbers.
func firstRows(book *workbook.Book, s workbook.Sheet) (first [][][]byte, numbers []int64, err error) {
	const looked = 200 // rows: as many as the lines of a CSV file's head
	rows, err := book.Rows(s, io.Discard)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = cmp.Or(err, rows.Close()) }()
	for len(first) < looked {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		cells := make([][]byte, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = slices.Clone(c)
		}
		first, numbers = append(first, cells), append(numbers, row.Number)
	}
	return first, numbers, nil
}

// sheetRecords reads the rows of a sheet below its header.
type sheetRecords struct {
	rows    *workbook.Rows
	columns int
	header  int64
	wanted  func(column int) bool // whether its values are read
	row     [][]byte
	cells   [][]byte
	text    bytes.Buffer
	csv     *csv.Writer // to text; nil: no row needed it
}

// openSheet opens the sheet of a workbook.
func (b *batch) openSheet(f file, bytes *fingerprinted) (*textFile, error) {
	book, err := openBook(bytes)
	if err != nil {
		return nil, err
	}
	counted := &workbook.RowCount{}
	rows, err := book.Rows(f.sheet, counted)
	if err != nil {
		return nil, err
	}
	r := &sheetRecords{rows: rows, columns: f.head.Shape.Columns, header: f.header, wanted: b.needs}
	return &textFile{file: f, bytes: bytes, text: rows, counted: counted, records: b.fillDown(records.FootersOfRows(r, f.head.Shape))}, nil
}

// Row are the cells of the row that was read last.
func (s *sheetRecords) Row() [][]byte { return s.row }

// LinesRead implements recordReader: rows take the place of lines.
func (s *sheetRecords) LinesRead() int64 { return s.rows.Passed() }

// Next implements recordReader.
func (s *sheetRecords) Next() (records.Record, error) {
	for {
		row, err := s.rows.Next()
		if err != nil {
			return records.Record{}, err
		}
		if row.Number <= s.header {
			continue
		}
		s.row = row.Cells
		r := records.Record{Line: row.Number, Text: s.rowText(row.Cells), Uncomputed: slices.ContainsFunc(row.Unknown, s.wanted)}
		if r.Malformed = len(row.Cells) > s.columns || !soundCells(row.Cells); !r.Malformed {
			s.cells = append(s.cells[:0], row.Cells...)
			for len(s.cells) < s.columns {
				s.cells = append(s.cells, nil)
			}
			r.Cells = s.cells
		}
		return r, nil
	}
}

// soundCells tells whether no cell holds a byte of value 0.
func soundCells(cells [][]byte) bool {
	return !slices.ContainsFunc(cells, func(c []byte) bool { return bytes.IndexByte(c, 0) >= 0 })
}

// rowText is a row as a line of CSV, as it is listed where it is set aside. Most rows have
// nothing to put quotes around.
func (s *sheetRecords) rowText(cells [][]byte) []byte {
	s.text.Reset()
	for i, c := range cells {
		if first, _ := utf8.DecodeRune(c); bytes.ContainsAny(c, ",\"\r\n\\") || unicode.IsSpace(first) {
			return s.quotedText(cells)
		}
		if i > 0 {
			s.text.WriteByte(',')
		}
		s.text.Write(c)
	}
	return s.text.Bytes()
}

func (s *sheetRecords) quotedText(cells [][]byte) []byte {
	s.text.Reset()
	if s.csv == nil {
		s.csv = csv.NewWriter(&s.text)
	}
	line := make([]string, len(cells))
	for i, c := range cells {
		line[i] = string(c)
	}
	_ = s.csv.Write(line) // a buffer takes all
	s.csv.Flush()
	return bytes.TrimSuffix(s.text.Bytes(), []byte("\n"))
}

// needs tells whether the values of a column are read.
func (b *batch) needs(column int) bool {
	return slices.Contains(b.used, column) || b.fill.needs(column)
}

// sheetsToLookAt are the sheets of a workbook, where it has rows on several and the source
// names none; otherwise the one that the source says.
func sheetsToLookAt(ctx context.Context, f file, s job.Source) (sheets []string, err error) {
	if format, _ := job.FormatOf(f.path); s.Sheet != "" || cmp.Or(s.Format, format) != job.XLSX {
		return []string{s.Sheet}, nil
	}
	bytes, err := openFingerprinted(ctx, f)
	if err != nil {
		return nil, dataError(f, err)
	}
	defer func() { err = cmp.Or(err, bytes.file.Close()) }()
	book, err := openBook(bytes)
	if err != nil {
		return nil, dataError(f, err)
	}
	filled, err := filledSheets(book)
	if err != nil {
		return nil, dataError(f, err)
	}
	if len(filled) < 2 {
		return []string{""}, nil
	}
	for _, sheet := range filled {
		sheets = append(sheets, sheet.Name)
	}
	return sheets, nil
}
