package worth

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/clv/backtest"
	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// choice is how the night came by its lifetime models.
type choice struct {
	stacking publication.Stacking   // of the members, or of the one model that the job file names
	earlier  []publication.Stacking // in force before it, on nights since the last publication
	why      wording.Message
	on       string           // day of the backtest; empty: the job file chose
	scores   []backtest.Score // what the backtest found, by model; nil: none was made
	untested wording.Message  // why no backtest tells the models apart; empty: one does
	drifted  wording.Message  // that the latest forecast did not come true; empty: it did
	refused  wording.Message  // why there is to be no model
	proof    proof            // how its forecasts came true
}

// chooser settles which lifetime models the night's values rest on, and how much each
// counts: the job file's one or, with auto, a blend of those that predicted this shop
// best. They are weighed on fixed days (clv.choose), and the weights then move in even
// steps, so that no value jumps from one night to the next.
type chooser struct {
	night.Context
	// about is how many customers a backtest looks at.
	about int
}

func (n chooser) choose() (choice, error) {
	c, known := recall(&n.Frame)
	for _, day := range daysToChoose(&n.Frame) {
		next, err := n.chooseOn(day)
		if err != nil {
			return c, err
		}
		if !next.refused.IsZero() && known {
			continue // what was chosen before still stands
		}
		next.stacking.On, next.stacking.From = day, next.stacking.To
		if known {
			next.stacking.From = c.stacking.At(day)
			next.earlier = append(slices.Clone(c.earlier), c.stacking)
		}
		c, known = next, next.refused.IsZero()
	}
	return c, nil
}

// recall gives the choice of the night before, where a day still means what it meant and
// the models are still candidates.
func recall(f *night.Frame) (c choice, known bool) {
	before := f.Previous
	if before == nil || before.Model == nil || before.Model.Stacking == nil {
		return c, false
	}
	m := before.Model
	names := map[string]bool{}
	for _, name := range candidates(f.Job) {
		names[name] = true
	}
	if m.Unit != string(f.Job.CLV.Unit) || !m.Stacking.Among(names) || !bytes.Equal(history.Meaning(f.Job), before.Meaning) {
		return c, false
	}
	c = choice{stacking: *m.Stacking, on: m.ChosenOn, scores: slices.Clone(m.Backtest), proof: proofBefore(before)}
	// A version before wrote English, whatever the language.
	c.recallReasons(m, f.SameLanguage() && (f.Say().IsEnglish() || strings.ContainsFunc(m.Chosen, func(r rune) bool { return unicode.Is(unicode.Han, r) })))
	return c, true
}

// recallReasons takes over why the night before chose as it did. Words are of the language
// of that night: in another one it is said without its numbers, until the next day on
// which models are weighed.
func (c *choice) recallReasons(m *publication.Model, sameLanguage bool) {
	if sameLanguage {
		c.why, c.untested, c.drifted = wording.Words(m.Chosen), wording.Words(m.Untested), wording.Words(m.Drifted)
		return
	}
	if c.why = wording.Of("model.kept_named"); c.on != "" {
		c.why = wording.Of("model.kept", "day", c.on)
	}
	if m.Untested != "" {
		c.untested = wording.Of("model.kept_untested", "day", c.on)
	}
	if m.Drifted != "" {
		c.drifted = wording.Of("model.kept_drifted", "day", c.on)
	}
	for i, s := range c.scores {
		if !s.Out.IsZero() {
			c.scores[i].Out = wording.Of("model.kept_out", "day", c.on)
		}
	}
}

// weighingOn is what is in force on a day, tonight or one since the last publication.
func (c choice) weighingOn(day int32) publication.Weighing {
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

// chooseOn weighs the candidates by what was known on a day.
func (n chooser) chooseOn(day int32) (c choice, err error) {
	o := BacktestOptions(&n.Frame)
	o.Today, o.Brief, o.Detail = day, true, true
	report, err := backtest.Run(Purchases(n.Customers, n.Customers.Sample(n.about)), o)
	if err != nil {
		return c, err
	}
	found := report.Choose()
	if name := n.Job.CLV.Model; name != job.AutoModel {
		c = named(name, weighingOf(report), found.Drifted)
		c.proof = proofOf(report, found, day)
		return c, nil
	}
	c = choice{why: found.Why, untested: found.Untested, drifted: found.Drifted, on: calendar.TimeOf(day).Format(time.DateOnly)}
	c.stacking.To = weighingOf(report)
	c.scores, c.proof = found.Scores, proofOf(report, found, day)
	if found.Refused {
		c.refused = found.Reason
	}
	return c, nil
}

// named is the choice of a job file. The model stands as it is: what its forecasts missed
// makes its intervals wider and moves nothing.
func named(model string, w publication.Weighing, drifted wording.Message) choice {
	w.Weights = map[string]float64{model: 1}
	w.Level.Variance += (w.Level.Pace + w.Level.Spend) * (w.Level.Pace + w.Level.Spend)
	w.Level.Pace, w.Level.Spend = 0, 0
	return choice{why: wording.Of("model.named"), drifted: drifted, stacking: publication.Stacking{To: w}}
}

// weighingOf is what a backtest found, for the memory of nights.
func weighingOf(r *backtest.Report) publication.Weighing {
	w := publication.Weighing{Weights: weightsOf(r)}
	l := r.Level()
	w.Level = publication.Level{Pace: l.Pace, Spend: l.Spend, Variance: l.Variance, Days: float64(l.Days)}
	return w
}
