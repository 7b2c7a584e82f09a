package lifecycle

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	stages "clientele/segment/lifecycle"
)

// Columns are what the stage says of each customer.
func (r *Result) Columns() publication.Columns {
	columns := publication.Columns{
		column.LifecycleStage:   publication.Texts(r.Stage),
		column.StageSince:       publication.Days(r.Since),
		column.Momentum:         publication.Numbers(r.Momentum),
		column.Decline:          publication.Texts(r.Decline),
		column.DeclineFrom:      publication.Texts(r.DeclineFrom),
		column.Reasons:          publication.TextsMade(len(r.Stage), r.AppendReasons),
		column.DeclineOnset:     publication.Days(r.Onset),
		column.RateBefore:       publication.Numbers(r.RateBefore),
		column.RateAfter:        publication.Numbers(r.RateAfter),
		column.Declines:         publication.Counts(r.Declines),
		column.Reactivations:    publication.Counts(r.Reactivations),
		column.ReactivatedSince: publication.Days(r.ReactivatedSince),
		column.FormerRate:       publication.Numbers(r.FormerRate),
	}
	remember(columns, r.Record.Lives)
	return columns
}

// Files are those of the stage.
func (r *Result) Files() []night.File {
	return []night.File{{Name: publication.PanelFile, JSON: r.Record.Panel}}
}

// stagesInOrder are the stages along the life of a relationship.
var stagesInOrder = []stages.Stage{stages.Exploration, stages.Formation, stages.Stability, stages.Declining}

// declinesInOrder are the declines that a summary shows, mildest first.
var declinesInOrder = []stages.Decline{stages.DeclineWatch, stages.DeclineSudden, stages.DeclineGradual, stages.DeclineLost}

// Counts are of those in decline and those watched, in the order of how far the decline
// has gone and of the stages in which it began. A stage that is off has none.
func (r *Result) Counts() []publication.Decline {
	found := []publication.Decline{}
	if r == nil {
		return found
	}
	type kind struct {
		decline stages.Decline
		from    stages.Stage
	}
	counted := map[kind]int64{}
	for i, d := range r.Decline {
		from := r.DeclineFrom[i]
		if from == "" {
			from = r.Stage[i]
		}
		counted[kind{d, from}]++
	}
	for _, d := range declinesInOrder {
		for _, from := range stagesInOrder {
			if c := counted[kind{d, from}]; c > 0 {
				found = append(found, publication.Decline{Decline: string(d), From: string(from), Customers: c})
			}
		}
	}
	return found
}
