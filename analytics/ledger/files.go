package ledger

import (
	"fmt"
	"path/filepath"
	"strings"

	"clientele/analytics/ledger/records"
	"clientele/analytics/ledger/workbook"
	"clientele/internal/regular"
)

// file is one export file.
type file struct {
	path     string // as messages and manifests show it: the job file's spelling
	open     string // where it is, from the root
	is       identity
	head     records.Head   // of CSV
	layout   records.Layout // of JSON
	encoding encoding       // of text
	sheet    workbook.Sheet // of a workbook
	header   int64          // its row with the names of the columns
	stated   int64          // rows of Parquet, as its footer says
	watch    *watch         // counts what is read; nil: nobody waits
}

// newFile looks at a file that was found or named. Its name is a name from
// here on, whatever signs are in it.
func newFile(path, open string) (file, error) {
	open, err := filepath.Abs(open)
	if err != nil {
		return file{}, err
	}
	if err := regular.Check(open); err != nil {
		return file{}, err
	}
	is, err := identify(open)
	return file{path: path, open: open, is: is}, err
}

// unlooked is the error of looking at a file or folder.
func unlooked(err error) error { return fmt.Errorf("cannot be looked at: %w", err) }

// hidden tells whether a name is another program's mark; ~$ begins those of workbooks that
// are open in Excel.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || strings.HasPrefix(name, "~$")
}
