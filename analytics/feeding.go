package analytics

import (
	"io"
	"slices"

	"clientele/analytics/feeds"
	"clientele/analytics/feeds/shapes"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/wording"
)

// writeFeeds stages what engines are given, which is made of the files that are staged by now.
func writeFeeds(place *publish.Staging, m *publication.Manifest, j *job.Job) error {
	say := wording.In(j.Output.Language)
	night := &publication.Publication{Path: place.Folder(), Manifest: *m}
	for _, f := range j.Feeds {
		feed := feedOf(f)
		nameless, err := feed.Write(night, func(file string, write func(io.Writer) (int64, error)) error {
			return writeTable(place, file, write)
		})
		if err != nil {
			return err
		}
		for _, n := range nameless {
			m.Warnings = append(m.Warnings, say.Say("feeds.nameless", "file", n.File, "customers", n.Customers))
		}
	}
	m.Files = place.Files()
	return nil
}

// feedOf is a feed as the job file asks for it.
func feedOf(f job.Feed) feeds.Feed {
	shape, _ := shapes.Named(f.Shape) // which reading the job file has found
	return feeds.Feed{
		Shape: shape, IDs: f.IDs, Properties: f.Properties,
		Profiles: slices.Contains(f.Send, job.SendProfiles),
		Tiers:    slices.Contains(f.Send, job.SendTiers),
		Lists:    slices.Contains(f.Send, job.SendLists),
	}
}
