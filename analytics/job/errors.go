package job

import (
	"cmp"
	"slices"
	"strings"
)

// Violation is one thing wrong with a job file.
type Violation struct {
	At      Position
	Key     string // where in the schema: clv.model, sources.0.columns; empty: the file as a whole
	Message string // what was found, what was wanted, what to do
}

// String is one line: position, key and message.
func (v Violation) String() string {
	parts := make([]string, 0, 3)
	for _, part := range []string{v.At.String(), v.Key, v.Message} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ": ")
}

// Errors is everything wrong with a job file, in the order of the file; what
// the command line overrides comes last.
type Errors []Violation

// Error has one line per violation.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, v := range e {
		lines[i] = v.String()
	}
	return strings.Join(lines, "\n")
}

// sorted puts the violations in the order in which a reader of the file meets
// them. Those of one place stay in the order in which they were found.
func (e Errors) sorted() Errors {
	slices.SortStableFunc(e, func(a, b Violation) int {
		return cmp.Or(
			cmp.Compare(overrideLast(a.At), overrideLast(b.At)),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Column, b.At.Column),
		)
	})
	return e
}

// overrideLast is 1 for a place on the command line, which has no line number,
// and 0 for one in the file.
func overrideLast(p Position) int {
	if p.Line == 0 {
		return 1
	}
	return 0
}
