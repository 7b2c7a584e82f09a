package ledger

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// missingColumn finds the name in the engine's words for a name it does not
// know.
var missingColumn = regexp.MustCompile(`^Referenced column "(.+)" not found`)

// explain turns the engine's error into one about the export.
func (b *batch) explain(text string, err error) string {
	all := make([]string, len(b.columns))
	for i, c := range b.columns {
		all[i] = c.name
	}
	path := b.files[0].path
	noColumn := func(name string) string {
		return fmt.Sprintf("%s has no column %q%s; its columns are %s", path, name, didYouMean(name, all), strings.Join(all, ", "))
	}
	var sqlErr *engine.SQLError
	if !errors.As(err, &sqlErr) {
		return fmt.Sprintf("%q %v", text, err)
	}
	message := sqlErr.Message
	if found := missingColumn.FindStringSubmatch(message); found != nil {
		return noColumn(found[1])
	}
	if wordsOnly.MatchString(text) {
		return noColumn(text) // with spaces, or a word of SQL
	}
	for _, w := range []string{"aggregates are not allowed", "WINDOW"} {
		if strings.Contains(message, w) {
			return fmt.Sprintf("%q looks at several rows; an expression is about one row of %s", text, path)
		}
	}
	if strings.HasSuffix(message, `at or near "AS"`) {
		message = "something is missing at its end, such as a bracket"
	}
	return fmt.Sprintf("%q is not an expression over the columns of %s: %s", text, path, message)
}

// wordsOnly is text that names a column and does nothing with it.
var wordsOnly = regexp.MustCompile(`^[\pL\pN_ ]+$`)

func didYouMean(word string, known []string) string {
	if near, ok := job.Nearest(word, known); ok {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
