package analytics

import (
	"bytes"
	"io"

	"clientele/analytics/publication"
	"clientele/analytics/report"
	"clientele/internal/concurrent"
	"clientele/internal/wording"
)

// writePage stages report.html, the page of the night, which is made of the files that are
// staged by now and of the night before. Lists matter more than a page about them: a page
// that cannot be made is a warning, and the night is published without.
func writePage(s *staged, say wording.Language) error {
	var page bytes.Buffer
	if err := concurrent.Guard(func() error { return pageOf(&page, s) }); err != nil {
		s.m.Warnings = append(s.m.Warnings, say.Say("warning.page", "why", err.Error()))
		return nil
	}
	return s.add(writeTable(s.place, publication.ReportFile, func(w io.Writer) (int64, error) {
		_, err := page.WriteTo(w)
		return 0, err
	}))
}

func pageOf(w io.Writer, s *staged) error {
	before, err := s.before()
	if err != nil {
		return err
	}
	return report.Write(w, s.read(), before, report.Options{})
}
