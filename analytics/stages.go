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
	if !bytes.Equal(history.Meaning(n.job), before.Meaning) {
		n.warn("stages: settings that purchase days depend on have changed since %s; stages begin anew", before.AsOf)
		return nil
	}
	night, err := time.Parse(time.DateOnly, before.AsOf)
	if err != nil { // it is the name of a publication's folder
		panic("analytics: " + err.Error())
	}
	lives := livesOf(before.Members, n.customers.ID)
	if lives == nil {
		return nil
	}
	return &segment.Record{Night: epochDays(night), Panel: *before.Panel, Lives: lives}
}

// The columns of a night's memory that only stages read.
const (
	lifeSeen       = "purchase_days"
	lifeBase       = "stage_base"
	lifeFrom       = "stage_from"
	lifeMemoryFrom = "stage_memory_from"
	lifeMemoryTo   = "stage_memory_to"
)

// livesOf are the lives of tonight's customers as members of an earlier night;
// who is new has a zero one. Nil: the night knew no stages.
func livesOf(m *history.Members, ids []string) []segment.Life {
	stage, since, base, from := m.Texts("stage"), m.Days("stage_since"), m.Texts(lifeBase), m.Days(lifeFrom)
	seen, reactivations := m.Counts(lifeSeen), m.Counts("reactivations")
	memoryFrom, memoryTo := m.Days(lifeMemoryFrom), m.Days(lifeMemoryTo)
	if stage == nil || since == nil || base == nil || from == nil || seen == nil || reactivations == nil || memoryFrom == nil || memoryTo == nil {
		return nil
	}
	lives := make([]segment.Life, len(ids))
	was, _ := m.Match(ids)
	for i, at := range was {
		if at >= 0 {
			lives[i] = segment.Life{
				Seen: int32(seen[at]), Stage: segment.Stage(stage[at]), Since: since[at], Base: segment.Stage(base[at]),
				Reactivations: int32(reactivations[at]), From: from[at], MemoryFrom: memoryFrom[at], MemoryTo: memoryTo[at],
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
