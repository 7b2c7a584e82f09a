package analytics

import (
	"io"
	"slices"

	"clientele/analytics/feeds"
	"clientele/analytics/feeds/shapes"
	"clientele/analytics/job"
	"clientele/internal/wording"
)

// writeFeeds stages what engines are given, which is made of the files that are staged by now.
func writeFeeds(s *staged, j *job.Job) error {
	say := wording.In(j.Output.Language)
	night := s.read()
	for _, f := range j.Feeds {
		feed := feedOf(f)
		nameless, err := feed.Write(night, func(file string, write func(io.Writer) (int64, error)) error {
			return writeTable(s.place, file, write)
		})
		if err != nil {
			return err
		}
		for _, n := range nameless {
			s.m.Warnings = append(s.m.Warnings, say.Say("feeds.nameless", "file", n.File, "customers", n.Customers))
		}
	}
	return s.add(nil)
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
