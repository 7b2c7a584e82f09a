package analytics

import (
	"path/filepath"

	"clientele/analytics/history"
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
