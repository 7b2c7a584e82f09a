package analytics

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/clv"
	"clientele/clv/backtest"
)

// choice is how the night came by its lifetime models.
type choice struct {
	stacking history.Stacking   // of the members, or of the one model that the job file names
	earlier  []history.Stacking // in force before it, on nights since the last publication
	why      string             // in words
	on       string             // day of the backtest; empty: the job file chose
	scores   json.RawMessage    // what the backtest found, by model; nil: none was made
	untested string             // why no backtest tells the models apart; empty: one does
	drifted  string             // that the latest forecast did not come true; empty: it did
	refused  string             // why there is to be no model
}

// chooseModels settles which lifetime models the night's values rest on, and how much
// each counts: the job file's one or, with auto, a blend of those that predicted this
// shop best. They are weighed on fixed days (clv.choose), and the weights then move in
// even steps, so that no value jumps from one night to the next.
func (n *night) chooseModels(workers int) error {
	c, known := n.keptChoice()
	for _, day := range n.daysToChoose() {
		next, err := n.chooseOn(day, workers)
		if err != nil {
			return err
		}
		if next.refused != "" && known {
			continue // what was chosen before still stands
		}
		next.stacking.On, next.stacking.From = day, next.stacking.To
		if known {
			next.stacking.From = c.stacking.At(day)
			next.earlier = append(slices.Clone(c.earlier), c.stacking)
		}
		c, known = next, next.refused == ""
	}
	n.worth.choice = c
	return nil
}

// weighingOn is what is in force on a day, tonight or one since the last publication.
func (c choice) weighingOn(day int32) history.Weighing {
	for _, s := range slices.Backward(append(slices.Clone(c.earlier), c.stacking)) {
		if s.On <= day {
			return s.At(day)
		}
	}
	if len(c.earlier) > 0 {
		return c.earlier[0].At(day)
	}
	return c.stacking.At(day)
}

// daysToChoose are the days on which models are to be weighed anew: those since the
// night before that still matter tonight or, where nothing is known yet, the last.
func (n *night) daysToChoose() []int32 {
	tonight := epochDays(n.asOf)
	kept, known := n.keptChoice()
	if !known {
		return []int32{n.firstChoice(tonight)}
	}
	// What was weighed two moves ago has no part in tonight's weights.
	after := max(kept.stacking.On, tonight-3*history.MovingDays)
	return choiceDays(n.job.CLV.Choose, after, tonight)
}

// firstChoice is the day of a history's first choice: the last one on which others
// would choose, if much of the history was known by then, else tonight.
func (n *night) firstChoice(tonight int32) int32 {
	rule := n.job.CLV.Choose
	if rule == job.RefitNever {
		rule = job.RefitMonthly
	}
	first := epochDays(n.account.FirstDay)
	for day := tonight; day > tonight-2*history.MovingDays; day-- {
		if isChoiceDay(rule, day) && tonight-day <= (tonight-first)/10 {
			return day
		}
	}
	return tonight
}

// candidates are the models of the night's blend, or the one that the job file names.
func (n *night) candidates() []string {
	if n.job.CLV != nil && n.job.CLV.Model != job.AutoModel {
		return []string{n.job.CLV.Model}
	}
	return blendCandidates
}

// chooseOn weighs the candidates by what was known on a day.
func (n *night) chooseOn(day int32, workers int) (c choice, err error) {
	o := n.backtestOptions(workers)
	o.Today, o.Brief = day, true
	report, err := backtest.Run(n.purchaseHistory(), o)
	if err != nil {
		return c, err
	}
	found := report.Choose()
	c = choice{why: found.Why, untested: found.Untested, drifted: found.Drifted}
	c.stacking.To = weighingOf(report)
	if n.job.CLV.Model != job.AutoModel {
		// A model named in the job file stands as it is: what its forecasts missed makes
		// its intervals wider and moves nothing.
		c.why, c.untested = "named by clv.model in the job file", ""
		c.stacking.To.Weights = map[string]float64{n.job.CLV.Model: 1}
		l := &c.stacking.To.Level
		l.Variance += (l.Pace + l.Spend) * (l.Pace + l.Spend)
		l.Pace, l.Spend = 0, 0
		return c, nil
	}
	c.on = calendarDay(day).Format(time.DateOnly)
	if c.scores, err = json.Marshal(candidateScores(found.Scores)); err != nil {
		return c, err
	}
	if found.Refused {
		c.refused = found.Reason
	}
	return c, nil
}

// weighingOf is what a backtest found, for the memory of nights.
func weighingOf(r *backtest.Report) history.Weighing {
	w := history.Weighing{Weights: map[string]float64{}}
	for _, m := range r.Weights {
		if m.Weight > 0 {
			w.Weights[m.Model] = m.Weight
		}
	}
	l := r.Level()
	w.Level = history.Level{Pace: l.Pace, Spend: l.Spend, Variance: l.Variance, Days: float64(l.Days)}
	return w
}

// keptChoice is that of the night before, where a day still means what it meant and the
// models are still candidates.
func (n *night) keptChoice() (c choice, known bool) {
	before := n.previous
	if before == nil || before.Model == nil || before.Model.Stacking == nil {
		return c, false
	}
	m := before.Model
	names := map[string]bool{}
	for _, name := range n.candidates() {
		names[name] = true
	}
	if m.Unit != string(n.job.CLV.Unit) || !m.Stacking.Among(names) || !bytes.Equal(history.Meaning(n.job), before.Meaning) {
		return c, false
	}
	return choice{stacking: *m.Stacking, why: m.Chosen, on: m.ChosenOn, scores: m.Backtest, untested: m.Untested, drifted: m.Drifted}, true
}

// backtestCustomers is about how many customers a backtest looks at. The error
// of a comparison falls with the root of their number: more would cost the
// night time and change no choice.
const backtestCustomers = 50_000

// purchaseHistory is the purchase days of all customers, and what they spent on them,
// or, in a large shop, of a sample of them that depends on nothing but their ids.
func (n *night) purchaseHistory() backtest.History {
	limit := n.sampleLimit()
	return n.historyOf(func(id string) bool { return fingerprint(id) <= limit })
}

// sampleLimit is the largest fingerprint of the customers of a sample, all where there
// are few.
func (n *night) sampleLimit() uint64 {
	if t := n.customers; t.Len() > backtestCustomers {
		return math.MaxUint64 / uint64(t.Len()) * backtestCustomers
	}
	return math.MaxUint64
}

// historyOf is that of the customers with some ids.
func (n *night) historyOf(taken func(id string) bool) backtest.History {
	t := n.customers
	h := backtest.History{Start: []int64{0}, Spend: []float64{}}
	for i, id := range t.ID {
		if !taken(id) {
			continue
		}
		kept := t.KeptShare(i)
		for j := t.DayStart[i]; j < t.DayStart[i+1]; j++ {
			h.Days = append(h.Days, t.Days[j])
			h.Spend = append(h.Spend, kept*max(t.DaySold[j], 0))
		}
		h.Start = append(h.Start, int64(len(h.Days)))
	}
	return h
}

// fingerprint spreads ids evenly over all 64 bits.
func fingerprint(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // never fails
	// FNV leaves the high bits of short texts alike; the finaliser of
	// MurmurHash3 (Appleby, 2011) mixes them.
	v := h.Sum64()
	v ^= v >> 33
	v *= 0xff51afd7ed558ccd
	v ^= v >> 33
	v *= 0xc4ceb9fe1a85ec53
	return v ^ v>>33
}

// blendOf makes a blend of what was fitted, with the weights of tonight. A member that
// could not be fitted leaves its weight to the others.
func blendOf(fits []clv.MemberFit, pace float64) ([]clv.MemberFit, *clv.Blend, error) {
	sum := 0.
	for _, f := range fits {
		sum += f.Weight
	}
	if sum == 0 {
		return nil, nil, errors.New("no model of the blend could be fitted")
	}
	members := make([]clv.Member, len(fits))
	for i := range fits {
		fits[i].Weight /= sum
		members[i] = clv.Member{Model: fits[i].Model, Weight: fits[i].Weight, Covariance: fits[i].Covariance}
	}
	b, err := clv.NewBlend(members)
	if err == nil {
		b, err = b.WithPace(pace)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("clv: %w", err)
	}
	return fits, b, nil
}
