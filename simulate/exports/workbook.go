package exports

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"
)

// sheet is one sheet of a workbook.
type sheet struct {
	name     string
	preamble [][]string // rows above the heading
	table    *table
	// typed says what the cells of a column are where they are not text.
	typed map[string]func(string) (any, error)
	// dates are the columns whose numbers are shown as times.
	dates  []string
	footer [][]any
	// counts says that the sheet's rows are the export's; the others are not
	// what anybody asks for.
	counts bool
}

// workbook writes an xlsx file into the folder.
func (f *folder) workbook(path string, sheets ...sheet) error {
	book := excelize.NewFile()
	rows := 0
	for i, s := range sheets {
		if i == 0 {
			if err := book.SetSheetName("Sheet1", s.name); err != nil {
				return err
			}
		} else if _, err := book.NewSheet(s.name); err != nil {
			return err
		}
		if err := s.write(book); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if s.counts {
			rows = len(s.table.rows)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		return err
	}
	data, err := timeless(b.Bytes())
	if err != nil {
		return err
	}
	f.add(path, data, rows)
	return nil
}

// write fills the sheet.
func (s sheet) write(book *excelize.File) error {
	at := 0
	put := func(cells []any) error {
		at++
		cell, err := excelize.CoordinatesToCellName(1, at)
		if err != nil {
			return err
		}
		return book.SetSheetRow(s.name, cell, &cells)
	}
	for _, row := range s.preamble {
		if err := put(texts(row)); err != nil {
			return err
		}
	}
	if err := put(texts(s.table.heading)); err != nil {
		return err
	}
	from := at + 1
	for _, row := range s.table.rows {
		cells, err := s.cells(row)
		if err != nil {
			return err
		}
		if err := put(cells); err != nil {
			return err
		}
	}
	if err := s.showDates(book, from, at); err != nil {
		return err
	}
	for _, row := range s.footer {
		if err := put(row); err != nil {
			return err
		}
	}
	return nil
}

// cells are the cells of a row, numbers and times where a column is typed.
func (s sheet) cells(row []string) ([]any, error) {
	cells := texts(row)
	for i, name := range s.table.heading {
		if typed := s.typed[name]; typed != nil && row[i] != "" {
			value, err := typed(row[i])
			if err != nil {
				return nil, err
			}
			cells[i] = value
		}
	}
	return cells, nil
}

// showDates gives the columns of times the format that spreadsheets know as 22:
// m/d/yy h:mm.
func (s sheet) showDates(book *excelize.File, from, to int) error {
	if len(s.dates) == 0 {
		return nil
	}
	style, err := book.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		return err
	}
	for i, name := range s.table.heading {
		if !slices.Contains(s.dates, name) {
			continue
		}
		top, err := excelize.CoordinatesToCellName(i+1, from)
		if err != nil {
			return err
		}
		bottom, err := excelize.CoordinatesToCellName(i+1, to)
		if err != nil {
			return err
		}
		if err := book.SetCellStyle(s.name, top, bottom, style); err != nil {
			return err
		}
	}
	return nil
}

func texts(row []string) []any {
	cells := make([]any, len(row))
	for i, c := range row {
		if c != "" {
			cells[i] = c
		}
	}
	return cells
}

// serial is the number of days since the end of 1899 that spreadsheets keep
// for a time of the form 2025-01-03 10:22:11.
func serial(text string) (any, error) {
	t, err := time.Parse(time.DateTime, text)
	if err != nil {
		return nil, err
	}
	return t.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)).Seconds() / 86400, nil
}

// timeless packs an archive anew, its files by name and without times, so that
// the same content is the same bytes.
func timeless(archive []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, file := range in.File {
		if err := repack(w, file); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// repack copies one file of an archive.
func repack(w *zip.Writer, file *zip.File) error {
	r, err := file.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	to, err := w.CreateHeader(&zip.FileHeader{Name: file.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = io.Copy(to, r)
	return err
}
