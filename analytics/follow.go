package analytics

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// follow finds the night before. A history that begins anew is said to, whoever wished
// it: tiers, stages, cut points and the choice of a model begin with tonight.
func follow(f *night.Frame, fresh bool) (err error) {
	dir, name := f.Job.OutputDir(), f.Job.Name
	if !fresh {
		f.Previous, err = history.Before(dir, name, f.AsOf)
		if gone := publish.Gone(dir, name); err == nil && f.Previous == nil && gone != "" {
			f.Warn("warning.latest_gone", "night", gone)
		}
		if err == nil && f.Previous != nil {
			err = checkLevel(f)
		}
		return err
	}
	path, before, err := publish.Previous(dir, name, f.AsOf)
	if before {
		f.Warn("warning.fresh", "night", filepath.Base(path))
		f.LeftBehind = path
	}
	return err
}

// previousOf names the night before; nil: this is the first.
func previousOf(n night.Context) *publication.PreviousNight {
	if n.Previous == nil {
		return nil
	}
	return &publication.PreviousNight{AsOf: n.Previous.AsOf, RunID: n.Previous.RunID}
}

// checkLevel refuses a night before whose customers were of another level: tiers and stages
// of accounts with all below them are not those of the accounts by themselves, though both
// may have one id.
func checkLevel(f *night.Frame) error {
	section, _, err := f.Previous.Settings.Section("hierarchy")
	if err != nil {
		return err
	}
	was := job.Hierarchy{Level: job.LevelCustomer}
	if len(section) > 0 {
		if err := json.Unmarshal(section, &was); err != nil {
			return fmt.Errorf("the night before: %s: settings.hierarchy: %w", f.Previous.Path, err)
		}
	}
	if (was.Level == job.LevelTop) == f.Job.ByTop() {
		return nil
	}
	return &ledger.DataError{Path: "the night before: " + f.Previous.Path, Message: fmt.Sprintf(
		"its customers are those of hierarchy.level: %s, and tonight's are not; set it back, give the job another name, or leave that night behind and begin a new history with --fresh",
		was.Level)}
}
