package scores

import (
	"clientele/analytics/job"
	"clientele/analytics/scores/rfm"
	"clientele/segment"
)

// cn8 is the table that goes by a split of its own instead of the scores.
const cn8 = "cn8"

// SchemeOf is the job's table of segments.
func SchemeOf(r *job.RFM) segment.Scheme {
	if scheme, named := segment.Named(r.Segments.Table); named {
		return scheme
	}
	scheme := segment.Scheme{Name: "own", Bins: r.Bins}
	for _, rule := range r.Segments.Rules {
		scheme.Rules = append(scheme.Rules, segment.Rule{
			Key: rule.Name, Label: rule.Label,
			R: scoresOf(rule.R), F: scoresOf(rule.F), M: scoresOf(rule.M),
		})
	}
	return scheme
}

func scoresOf(r *job.ScoreRange) segment.Range {
	if r == nil {
		return segment.Range{}
	}
	return segment.Range{Lo: int8(r[0]), Hi: int8(r[1])}
}

// rfmOptions are the job's scores for rfm.
func rfmOptions(r *job.RFM) rfm.Options {
	o := rfm.Options{Method: r.Method, Bins: r.Bins, Closed: r.Closed, MinCell: r.MinCell}
	if t := r.Thresholds; t != nil {
		o.Thresholds = rfm.Thresholds{Recency: t.R, Frequency: t.F, Monetary: t.M}
	}
	if s := r.Split; s != nil {
		o.Split = s.Rule
		if s.Rule == "" {
			o.Split = rfm.SplitFixed
			o.Fixed = rfm.Split{RecencyDays: s.Fixed.RecencyDays, Frequency: s.Fixed.Frequency, Monetary: s.Fixed.Monetary}
		}
	}
	return o
}
