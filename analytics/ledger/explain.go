package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/scalar"
)

// explain turns an error about an expression into one about the export.
func (b *batch) explain(text string, err error) string {
	var missing *noColumnError
	var ambiguous *ambiguousError
	var cut *cutError
	var sqlErr *engine.SQLError
	path := b.files[0].path
	switch {
	case errors.As(err, &missing):
		return b.noColumn(missing.name)
	case errors.As(err, &cut):
		return cut.Error()
	case errors.As(err, &ambiguous):
		return ambiguous.Error()
	case (errors.Is(err, scalar.ErrNotOne) || errors.As(err, &sqlErr)) && wordsOnly.MatchString(text):
		return b.noColumn(text) // with spaces, or a word of SQL
	case errors.Is(err, scalar.ErrSeveralRows):
		return fmt.Sprintf("%q %v of %s", text, err, path)
	case !errors.As(err, &sqlErr):
		return fmt.Sprintf("%q %v", text, err)
	}
	message := sqlErr.Message
	if sqlErr.OfData {
		errors.As(engine.WithoutValues(err), &sqlErr)
		message = sqlErr.Message
	}
	if strings.HasSuffix(message, "at end of input") {
		message = "something is missing at its end, such as a bracket"
	}
	return fmt.Sprintf("%q is not an expression over the columns of %s: %s", text, path, message)
}

// wordsOnly is text that names a column and does nothing with it.
var wordsOnly = regexp.MustCompile(`^[\pL\pN_ ]+$`)

// noColumn says that the export has no column of a name, and which it has.
func (b *batch) noColumn(name string) string {
	if b.format == job.CSV && !b.files[0].head.Titled {
		return fmt.Sprintf("%s has no column %q: its first line holds values and not the names of columns; export it with a header", b.files[0].path, name)
	}
	const shown = 40 // so that a thousand columns do not fill the screen
	all := make([]string, len(b.columns))
	for i, c := range b.columns {
		if all[i] = c.name; c.join > 0 {
			all[i] = c.full
		}
	}
	list := strings.Join(all[:min(shown, len(all))], ", ")
	if more := len(all) - shown; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("%s has no column %q%s; its columns are %s", b.files[0].path, name, didYouMean(name, all), list)
}

func didYouMean(word string, known []string) string {
	if near, ok := job.Nearest(word, known); ok {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
