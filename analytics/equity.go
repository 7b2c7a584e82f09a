package analytics

import (
	"fmt"

	"clientele/analytics/asset/equity"
	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
)

// knownOfEquity is what the run has in memory of both nights.
func (f *found) knownOfEquity(before *history.Night) (known equity.Known) {
	if before != nil {
		known.Then = before.Members
	}
	if p := f.activity.Purchases; p != nil {
		known.Days = func(customer int) []calendar.Day { return p.Days[p.Start[customer]:p.Start[customer+1]] }
	}
	return known
}

// writeEquityLedger stages what moved customer equity since the night before. It reads what
// is staged by now and that night, as anybody can who has the two publications.
func writeEquityLedger(place *publish.Staging, m *publication.Manifest, j *job.Job, known equity.Known, threads int) error {
	if j.CLV == nil {
		return nil
	}
	night := &publication.Publication{Path: place.Folder(), Manifest: *m}
	before, err := night.OpenFollowed()
	if err != nil {
		return fmt.Errorf("the night before: %w", err)
	}
	ledger, err := equity.BetweenKnown(before, night, known, threads)
	if err != nil {
		return fmt.Errorf("%s: %w", column.EquityLedger.File, err)
	}
	if err := writeColumns(place, column.EquityLedger.File, ledger.Columns(), j); err != nil {
		return err
	}
	m.Files = place.Files()
	return nil
}
