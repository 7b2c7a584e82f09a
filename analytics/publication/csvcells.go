package publication

import (
	"encoding/csv"
	"io"
	"strings"

	"clientele/analytics/publication/column"
	"clientele/internal/spreadsheet"
)

// csvCells reads the lines of a CSV file of a publication, whichever way it was written:
// for programs or for spreadsheets, whose files begin with a mark of byte order, have
// headings in a language, and guard texts.
type csvCells struct {
	*csv.Reader
	names   []string // of its columns
	guarded bool
}

// readCells reads the first line.
func readCells(in io.Reader) (*csvCells, error) {
	c := &csvCells{Reader: csv.NewReader(in)}
	header, err := c.Read()
	if err != nil {
		return nil, err
	}
	rest, marked := strings.CutPrefix(header[0], byteOrderMark)
	header[0], c.guarded = rest, marked
	for i := range header {
		header[i] = c.text(header[i])
	}
	c.names = column.NamesOf(header)
	c.ReuseRecord = true
	return c, nil
}

// byteOrderMark begins CSV files for spreadsheets.
const byteOrderMark = "\ufeff"

// text is a cell of text as it was before it was guarded.
func (c *csvCells) text(cell string) string {
	if c.guarded {
		return spreadsheet.Unguard(cell)
	}
	return cell
}
