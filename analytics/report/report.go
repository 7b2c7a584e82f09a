package report

import (
	"io"

	"clientele/analytics/publication"
)

// Write writes the page of a night. before is the publication that it follows; nil where
// there is none, or it is not there any more. The language is that of the night's job.
func Write(w io.Writer, night, before *publication.Publication) error {
	page, err := Of(night, before)
	if err != nil {
		return err
	}
	return page.write(w)
}
