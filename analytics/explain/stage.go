package explain

import (
	"math"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/number"
)

// Stage is the stage of the relationship, with what it rests on.
type Stage struct {
	Stage string           `json:"stage"`
	Label string           `json:"label"`
	Since *publication.Day `json:"stage_since"`

	PurchaseDays  int64 `json:"purchase_days"`  // that the stage rests on
	FormationDays int   `json:"formation_days"` // with which formation begins
	StabilityDays int   `json:"stability_days"` // with which stability may begin

	Momentum number.Float `json:"momentum"`
	Decline  string       `json:"decline"`
	// Below are the momentum below which a customer is in decline, and below which watched.
	Below   float64 `json:"decline_below"`
	Watched float64 `json:"watch_below"`

	Onset         *publication.Day `json:"decline_onset"`
	From          string           `json:"decline_from,omitempty"`
	RateBefore    number.Float     `json:"rate_before"`
	RateAfter     number.Float     `json:"rate_after"`
	FormerRate    number.Float     `json:"former_rate"`
	Declines      int64            `json:"declines"`
	Reactivations int64            `json:"reactivations"`
	ValueAtRisk   number.Float     `json:"value_at_risk"`
	LostInterest  string           `json:"lost_interest,omitempty"`
	Reasons       string           `json:"reasons"`

	Sure *Sureness `json:"sure"` // null: the customer is not in decline
}

// Sureness is how sure it is that a customer in decline will not go on as before.
type Sureness struct {
	// FalseShare is how many of those called in decline the job allows to go on as before, and
	// GoesOn the largest chance of it that anybody on the list has.
	FalseShare float64      `json:"false_share"`
	GoesOn     number.Float `json:"goes_on"`
	// Called and WentOn are what became of those who were called in decline on an earlier
	// night: how many they were, and how many bought at half of their former pace or more.
	CalledOn string `json:"called_on,omitempty"`
	Called   int64  `json:"called,omitempty"`
	WentOn   *int64 `json:"went_on"`
}

func (c *reading) readStage() error {
	n := c.night
	if n.job == nil || n.job.Stages == nil || !c.Columns.Has(column.LifecycleStage) {
		return nil
	}
	rules := n.job.Stages
	s := &Stage{
		Stage: c.Columns.Text(column.LifecycleStage), Since: dayOf(c.Columns, column.StageSince),
		PurchaseDays: c.history.PurchaseDays, FormationDays: rules.Formation.PurchaseDays, StabilityDays: rules.Stability.PurchaseDays,
		Momentum: numberOf(c.Columns, column.Momentum), Decline: c.Columns.Text(column.Decline),
		Below: rules.Decline.Momentum, Watched: rules.Decline.Watch,
		Onset: dayOf(c.Columns, column.DeclineOnset), From: c.Columns.Text(column.DeclineFrom),
		RateBefore: numberOf(c.Columns, column.RateBefore), RateAfter: numberOf(c.Columns, column.RateAfter),
		FormerRate: numberOf(c.Remembered, column.FormerRate),
		Declines:   c.count(column.Declines), Reactivations: c.count(column.Reactivations),
		ValueAtRisk: numberOf(c.Columns, column.ValueAtRisk), LostInterest: c.Columns.Text(column.LostInterest),
		Reasons: c.Columns.Text(column.Reasons),
	}
	s.Label = c.label(column.ByStage.Name, s.Stage)
	c.Stage = s
	if !inDecline(s.Decline) {
		return nil
	}
	return c.weighDecline(s)
}

func inDecline(decline string) bool {
	return decline == "sudden" || decline == "gradual" || decline == "lost"
}

// weighDecline says how sure a decline is.
func (c *reading) weighDecline(s *Stage) error {
	sure := &Sureness{FalseShare: c.night.job.Stages.Decline.FalseShare, GoesOn: number.Float(math.NaN())}
	panel, err := c.night.ReadPanel()
	if err = orAbsent(err); err != nil {
		return err
	}
	if panel != nil {
		sure.GoesOn = number.Float(panel.Again)
		if s.PurchaseDays == 1 {
			sure.GoesOn = number.Float(panel.Once)
		}
	}
	for _, a := range c.night.Audit {
		if a.Declined != nil && a.Declined.Customers > 0 {
			sure.CalledOn, sure.Called, sure.WentOn = a.AsOf, a.Declined.Customers, a.Declined.WentOn
		}
	}
	s.Sure = sure
	return nil
}

// dayOf is a cell of days; nil where there is none.
func dayOf(r *publication.Row, c *column.Column) *publication.Day {
	day := r.Day(c)
	if day == calendar.NoDay {
		return nil
	}
	d := publication.Day(day)
	return &d
}

// numberOf is a cell of numbers; NaN where there is none.
func numberOf(r *publication.Row, c *column.Column) number.Float {
	if v, has := r.Number(c); has {
		return number.Float(v)
	}
	return number.Float(math.NaN())
}
