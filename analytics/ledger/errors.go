package ledger

import (
	"fmt"

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

// violation is a place in the job file that does not fit the exports.
func violation(s job.Source, index int, key, format string, args ...any) job.Violation {
	return job.Violation{
		At:      s.Position(key),
		Key:     fmt.Sprintf("sources.%d.%s", index, key),
		Message: fmt.Sprintf(format, args...),
	}
}
