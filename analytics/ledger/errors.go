package ledger

import (
	"fmt"
	"strings"

	"clientele/analytics/job"
)

// DataError is an export that cannot be used as it is: the job file may be
// right, tonight's data are not.
type DataError struct {
	Path    string // the export, as the job file spells it
	Message string
}

// Error implements error.
func (e *DataError) Error() string { return e.Path + ": " + e.Message }

// mixedEndings is what is wrong with a text that the engine gives up on.
const mixedEndings = `its lines do not all end alike, some with \n and some with \r\n or \r: convert it, for example with dos2unix`

// unreadable is the engine's error about a batch that it could not read.
func (b *batch) unreadable(err error) *DataError {
	e := &DataError{Path: b.files[0].path, Message: fmt.Sprintf("cannot be read to its end: %v", err)}
	if len(b.files) > 1 {
		e.Path = fmt.Sprintf("%s or one of the %d files after it", e.Path, len(b.files)-1)
	}
	for _, f := range b.files {
		if strings.Contains(err.Error(), f.open) {
			e.Path = f.path
		}
	}
	if strings.Contains(err.Error(), "state machine reached an invalid state") {
		e.Message = mixedEndings
	}
	return e
}

// violation is a place in the job file that does not fit the exports.
func violation(s job.Source, index int, key, format string, args ...any) job.Violation {
	return job.Violation{
		At:      s.Position(key),
		Key:     fmt.Sprintf("sources.%d.%s", index, key),
		Message: fmt.Sprintf(format, args...),
	}
}
