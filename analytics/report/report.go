package report

import (
	"io"

	"clientele/analytics/publication"
)

// Options are what a page may be asked for.
type Options struct {
	// Language is the page's; empty: that of the night's job. Reasons and warnings stay as
	// they were published.
	Language string
}

// Write writes the page of a night. before is the publication that it follows; nil where
// there is none, or it is not there any more.
func Write(w io.Writer, night, before *publication.Publication, o Options) error {
	page, err := Of(night, before, o)
	if err != nil {
		return err
	}
	return page.write(w)
}
