package analytics

import (
	"fmt"

	"clientele/analytics/asset/equity"
	"clientele/analytics/job"
	"clientele/analytics/publication/column"
)

// knownOfEquity is what the run has in memory.
func (f *found) knownOfEquity() equity.Known {
	return equity.Known{Days: f.activity.Days}
}

// writeEquityLedger stages what moved customer equity since the night before. It reads what
// is staged by now and that night, as anybody can who has the two publications.
func writeEquityLedger(s *staged, j *job.Job, known equity.Known, threads int) error {
	if j.CLV == nil {
		return nil
	}
	before, err := s.before()
	if err != nil {
		return err
	}
	ledger, err := equity.BetweenKnown(before, s.read(), known, threads)
	if err != nil {
		return fmt.Errorf("%s: %w", column.EquityLedger.File, err)
	}
	return s.add(writeColumns(s.place, column.EquityLedger.File, ledger.Columns(), j))
}
