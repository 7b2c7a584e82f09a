package analytics

import (
	"bytes"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/segment"
)

// stage places every customer in a stage of the relationship: it follows the
// nights since the last publication, one by one.
func (n *night) stage(workers int) error {
	if n.job.Stages == nil {
		return nil
	}
	t, rules := n.customers, stageRules(n.job.Stages)
	p := segment.Purchases{Days: t.Days, Start: t.DayStart, Spend: t.DaySold}
	record, err := segment.FollowStages(p, n.stagesBefore(), epochDays(n.asOf), rules, workers)
	if err != nil {
		return err
	}
	var alive []float64
	if n.worth != nil && n.worth.modelled {
		alive = n.worth.pAlive
	}
	result := segment.DescribeStages(p, record, rules, alive, workers)
	n.record, n.stages = record, &result
	return nil
}

// stagesBefore is what the last publication remembers of tonight's customers;
// nil: begin anew.
func (n *night) stagesBefore() *segment.Record {
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
	return &segment.Record{Night: epochDays(night), Panel: *before.Panel, Lives: lives}
}

// The columns of a night's memory that only stages read.
const (
	lifeSeen       = "purchase_days"
	lifeTrace      = "stage_trace"
	lifeBase       = "stage_base"
	lifeFrom       = "stage_from"
	lifeMemoryFrom = "stage_memory_from"
	lifeMemoryTo   = "stage_memory_to"
)

// livesOf are the lives of tonight's customers, given where they were among the
// members of an earlier night; who is new has a zero one. Nil: the night knew no stages.
func livesOf(m *history.Members, was []int) []segment.Life {
	stage, since, base, from := m.Texts("stage"), m.Days("stage_since"), m.Texts(lifeBase), m.Days(lifeFrom)
	seen, trace, declines, reactivations := m.Counts(lifeSeen), m.Counts(lifeTrace), m.Counts("declines"), m.Counts("reactivations")
	memoryFrom, memoryTo := m.Days(lifeMemoryFrom), m.Days(lifeMemoryTo)
	if stage == nil || since == nil || base == nil || from == nil || seen == nil || trace == nil || declines == nil || reactivations == nil ||
		memoryFrom == nil || memoryTo == nil {
		return nil
	}
	lives := make([]segment.Life, len(was))
	for i, at := range was {
		if at >= 0 {
			lives[i] = segment.Life{
				Seen: int32(seen[at]), Trace: uint32(trace[at]), Stage: segment.Stage(stage[at]), Since: since[at], Base: segment.Stage(base[at]),
				Declines: int32(declines[at]), Reactivations: int32(reactivations[at]), From: from[at], MemoryFrom: memoryFrom[at], MemoryTo: memoryTo[at],
			}
		}
	}
	return lives
}

// stageRules are the job's thresholds for segment.
func stageRules(s *job.Stages) segment.StageRules {
	return segment.StageRules{
		FormationDays:     s.Formation.PurchaseDays,
		StabilityDays:     s.Stability.PurchaseDays,
		StabilitySpanDays: daysOrAuto(s.Stability.Tenure),
		SpendCV:           s.Stability.SpendCV,
		Alpha:             s.Decline.Alpha,
		WatchAlpha:        s.Decline.WatchAlpha,
		FalseDiscoveries:  s.Decline.FalseDiscoveries,
		Size:              s.Decline.Size,
		LostSilenceDays:   daysOrAuto(s.Lost.Silence),
		LostPAlive:        s.Lost.PAlive,
	}
}

// daysOrAuto is a length in days; 0, by the shop's own rhythm, where it is auto.
func daysOrAuto(s job.Span) float64 {
	if s.Word == job.Auto {
		return 0
	}
	return s.Days()
}
