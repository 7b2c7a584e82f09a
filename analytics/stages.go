package analytics

import (
	"bytes"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/outlook"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/idhash"
	"clientele/segment/lifecycle"
)

// stage places every customer in a stage of the relationship: it follows the
// nights since the last publication, one by one.
func (n *night) stage(workers int) error {
	if n.job.Stages == nil {
		return nil
	}
	t := n.customers
	p := lifecycle.Purchases{Days: t.Days, Start: t.DayStart, Spend: t.DaySold, Key: idhash.All(t.ID)}
	of := lifecycle.Tracker{
		Rules:      n.job.Stages.Rules(),
		Forecaster: outlook.Models{Weights: n.worth.Weights, Workers: workers},
		Workers:    workers,
	}
	record, err := of.Follow(p, n.stagesBefore(), epochDays(n.asOf))
	if err != nil {
		return err
	}
	var alive []float64
	if n.worth != nil {
		alive = n.worth.PAlive
	}
	result, err := of.Describe(p, record, alive)
	if err != nil {
		return err
	}
	n.record, n.stages = record, &result
	return nil
}

// stagesBefore is what the last publication remembers of tonight's customers;
// nil: begin anew.
func (n *night) stagesBefore() *lifecycle.Record {
	before := n.previous
	if before == nil || before.Panel == nil || before.Members == nil {
		return nil
	}
	if !bytes.Equal(history.StageMeaning(n.job), before.StageMeaning) {
		n.warn("stages: what a purchase day is, or a threshold of stages, has changed since %s; the past is gone through anew", before.AsOf)
		return nil
	}
	night, err := time.Parse(time.DateOnly, before.AsOf)
	if err != nil { // it is the name of a publication's folder
		panic("analytics: " + err.Error())
	}
	lives := livesOf(before.Members, n.was)
	if lives == nil {
		return nil
	}
	return &lifecycle.Record{Night: epochDays(night), Panel: *before.Panel, Lives: lives}
}

// rememberLives adds what the stages of the next night go on from.
func rememberLives(columns publication.Columns, lives []lifecycle.Life) {
	columns[column.StagePurchaseDays] = publication.CountsAt(len(lives), func(i int) int64 { return int64(lives[i].Seen) })
	columns[column.StageTrace] = publication.CountsAt(len(lives), func(i int) int64 { return int64(lives[i].Trace) })
	columns[column.StageBase] = publication.TextsAt(len(lives), func(i int) string { return string(lives[i].Base) })
	columns[column.StageFrom] = publication.DaysAt(len(lives), func(i int) int32 { return lives[i].From })
}

// livesOf are the lives of tonight's customers, given where they were among the
// members of an earlier night; who is new has a zero one. Nil: the night knew no stages.
func livesOf(m *publication.State, was []int) []lifecycle.Life {
	stage, since, base, from := m.Texts(column.LifecycleStage), m.Days(column.StageSince), m.Texts(column.StageBase), m.Days(column.StageFrom)
	seen, trace := m.Counts(column.StagePurchaseDays), m.Counts(column.StageTrace)
	declines, reactivations := m.Counts(column.Declines), m.Counts(column.Reactivations)
	if stage == nil || since == nil || base == nil || from == nil || seen == nil || trace == nil || declines == nil || reactivations == nil {
		return nil
	}
	lives := make([]lifecycle.Life, len(was))
	for i, at := range was {
		if at >= 0 {
			lives[i] = lifecycle.Life{
				Seen: int32(seen[at]), Trace: uint32(trace[at]), Stage: lifecycle.Stage(stage[at]), Since: since[at], Base: lifecycle.Stage(base[at]),
				Declines: int32(declines[at]), Reactivations: int32(reactivations[at]), From: from[at],
			}
		}
	}
	return lives
}
