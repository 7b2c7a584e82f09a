package analytics

import (
	"bytes"
	"fmt"
	"io"

	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/analytics/report"
	"clientele/internal/concurrent"
	"clientele/internal/wording"
)

// writePage stages report.html, the page of the night, which is made of the files that are
// staged by now and of the night before. Lists matter more than a page about them: a page
// that cannot be made is a warning, and the night is published without.
func writePage(place *publish.Staging, m *publication.Manifest, say wording.Language) error {
	var page bytes.Buffer
	if err := concurrent.Guard(func() error { return pageOf(&page, place, *m) }); err != nil {
		m.Warnings = append(m.Warnings, say.Say("warning.page", "why", err.Error()))
		return nil
	}
	err := writeTable(place, publication.ReportFile, func(w io.Writer) (int64, error) {
		_, err := page.WriteTo(w)
		return 0, err
	})
	m.Files = place.Files()
	return err
}

func pageOf(w io.Writer, place *publish.Staging, m publication.Manifest) error {
	night := &publication.Publication{Path: place.Folder(), Manifest: m}
	before, err := night.OpenFollowed()
	if err != nil {
		return fmt.Errorf("the night before: %w", err)
	}
	return report.Write(w, night, before, report.Options{})
}
