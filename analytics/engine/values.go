package engine

import (
	"errors"
	"regexp"
)

// WithoutValues removes the values that an error of the engine quotes. A message such as
// `Could not convert string 'x' to INT32` shows what was in the data to everybody who
// reads the log. Types and the kind of fault stay.
func WithoutValues(err error) error {
	if err == nil {
		return nil
	}
	var sqlErr *SQLError
	if !errors.As(err, &sqlErr) {
		return err
	}
	return &SQLError{Message: withoutValues(sqlErr.Message), OfData: sqlErr.OfData, err: sqlErr.err}
}

// A message names values in quotes of some kind, and numbers as they are. Words
// such as INT32 and types such as DECIMAL(18,6) hold no value.
var (
	quotedValue = regexp.MustCompile(`"(?:[^"\\]|\\.|"")*"|'(?:[^'\\]|\\.|'')*'|` + "`[^`]*`" + `|["'].*$`)
	plainNumber = regexp.MustCompile(`[\pL_][\pL\pN_]*(?:\(\d+(?:, ?\d+)*\))?|[-+]?\d[\d.,:/TZ+-]*(?:[eE][-+]?\d+)?`)
)

func withoutValues(message string) string {
	message = quotedValue.ReplaceAllString(message, "...")
	return plainNumber.ReplaceAllStringFunc(message, func(found string) string {
		if c := found[0]; c >= '0' && c <= '9' || c == '-' || c == '+' {
			return "..."
		}
		return found
	})
}
