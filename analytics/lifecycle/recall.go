package lifecycle

import (
	"bytes"
	"fmt"

	"clientele/analytics/history"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	stages "clientele/segment/lifecycle"
)

// remember adds what the stages of the next night go on from, beside what customers
// shows of them. The panel is a file of its own.
func remember(columns publication.Columns, lives []stages.Life) {
	columns[column.StageTrace] = publication.CountsAt(len(lives), func(i int) int64 { return int64(lives[i].Trace) })
	columns[column.StageBase] = publication.TextsAt(len(lives), func(i int) string { return string(lives[i].Base) })
	columns[column.StageFrom] = publication.DaysAt(len(lives), func(i int) int32 { return lives[i].From })
}

// Recalled are the columns of the night before that the stage reads.
var Recalled = []*column.Column{
	column.LifecycleStage, column.StageSince, column.StageBase, column.StageFrom,
	column.PurchaseDays, column.StageTrace, column.Declines, column.Reactivations,
}

// recall is what the night before remembers of tonight's customers; nil: begin anew.
func recall(n night.Context) (*stages.Record, error) {
	before := n.Before
	if before == nil || before.Panel == nil {
		return nil, nil //nolint:nilnil // no stages, no record
	}
	if !bytes.Equal(history.StageMeaning(n.Job), before.StageMeaning) {
		n.Warn("warning.stages_anew", "night", before.AsOf)
		return nil, nil //nolint:nilnil // see above
	}
	lives := livesOf(before.Members, before.Was)
	if lives == nil {
		return nil, nil //nolint:nilnil // see above
	}
	day, err := calendar.Parse(before.AsOf)
	if err != nil {
		return nil, fmt.Errorf("the night before: as_of: %w", err)
	}
	return &stages.Record{Night: day, Panel: *before.Panel, Lives: lives}, nil
}

// livesOf are the lives of tonight's customers, given where they were among the
// members of an earlier night; who is new has a zero one. Nil: the night knew no stages.
func livesOf(m *publication.State, was []int) []stages.Life {
	stage, since, base, from := m.Texts(column.LifecycleStage), m.Days(column.StageSince), m.Texts(column.StageBase), m.Days(column.StageFrom)
	seen, trace := m.Counts(column.PurchaseDays), m.Counts(column.StageTrace)
	declines, reactivations := m.Counts(column.Declines), m.Counts(column.Reactivations)
	if stage == nil || since == nil || base == nil || from == nil || seen == nil || trace == nil || declines == nil || reactivations == nil {
		return nil
	}
	lives := make([]stages.Life, len(was))
	for i, at := range was {
		if at >= 0 {
			lives[i] = stages.Life{
				Seen: int32(seen[at]), Trace: uint32(trace[at]), Stage: stages.Stage(stage.At(at)), Since: since[at], Base: stages.Stage(base.At(at)),
				Declines: int32(declines[at]), Reactivations: int32(reactivations[at]), From: from[at],
			}
		}
	}
	return lives
}
