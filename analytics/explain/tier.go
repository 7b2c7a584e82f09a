package explain

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/segment/tier"
)

// Tier is the tier, what keeping it takes, and what the next one takes.
type Tier struct {
	Tier   string           `json:"tier"` // empty: of none
	Label  string           `json:"label"`
	Status string           `json:"tier_status"`
	Since  *publication.Day `json:"tier_since"`
	Until  *publication.Day `json:"tier_until"`
	Grace  *publication.Day `json:"tier_grace"` // last day of a grace
	Reason string           `json:"tier_reason"`
	Window string           `json:"window"` // what counts, as the job file says it

	Next *Goal `json:"next"` // null: there is no higher tier, or it cannot be told
	Keep *Goal `json:"keep"` // null: there is nothing to keep
	// Warning is the row of tiers_warnings.csv: the member falls unless something is bought.
	Warning *publication.Row `json:"warning"`
}

// Goal is what a tier takes.
type Goal struct {
	Tier  string           `json:"tier"`
	By    *publication.Day `json:"by"`   // the day of the review; null: any day
	From  *publication.Day `json:"from"` // the first day that counts; null: all days do
	All   []Need           `json:"all"`  // all of them are needed
	Any   []Need           `json:"any"`  // and one of these, if there are any
	Limit *tier.Limit      `json:"limit,omitempty"`
}

// Need is what is needed of one metric.
type Need struct {
	Metric string  `json:"metric"`
	Need   float64 `json:"need"`
	// Have is what there is of it; null where the publication does not hold it. Missing is
	// what has still to come.
	Have    *float64 `json:"have"`
	Missing *float64 `json:"missing"`
}

func (c *reading) readTier() error {
	n := c.night
	if n.job == nil || n.job.Tiers == nil || !c.Columns.Has(column.Tier) {
		return nil
	}
	t := &Tier{
		Tier: c.Columns.Text(column.Tier), Status: c.Columns.Text(column.TierStatus), Reason: c.Columns.Text(column.TierReason),
		Since: dayOf(c.Columns, column.TierSince), Until: dayOf(c.Columns, column.TierUntil),
		Grace: dayOf(c.Remembered, column.TierGrace), Window: n.job.Tiers.Window.String(),
	}
	t.Label = c.label(column.ByTier.Name, t.Tier)
	c.Tier = t
	p := n.job.Tiers.Programme(n.job.Name)
	own := c.Remembered.Text(column.TierOwn) // what rules go by, whatever a pin says
	at := slices.IndexFunc(p.Tiers, func(level tier.Tier) bool { return level.Name == own })
	of := tier.Standing{
		First: c.history.First, Since: c.Remembered.Day(column.TierOwnSince),
		TermsFrom: c.Remembered.Day(column.TierTermsFrom), Until: c.Remembered.Day(column.TierOwnUntil),
	}
	if own == "" || at >= 0 {
		t.Next = c.nextGoal(p, of, at)
	}
	if at >= 0 && of.Until != calendar.NoDay {
		t.Keep = c.keepGoal(p, of, at)
	}
	return c.readWarning(t)
}

// nextGoal is what the next tier takes; nil for members of the highest.
func (c *reading) nextGoal(p tier.Programme, of tier.Standing, at int) *Goal {
	if at+1 >= len(p.Tiers) {
		return nil
	}
	level := p.Tiers[at+1]
	return c.goal(level.Name, level.Qualify, p.RiseCountsFrom(of, c.night.day), level.Limit)
}

// keepGoal is what a member's review takes.
func (c *reading) keepGoal(p tier.Programme, of tier.Standing, at int) *Goal {
	level := p.Tiers[at]
	keep := level.Qualify
	if level.Keep != nil {
		keep = *level.Keep
	}
	by := publication.Day(of.Until)
	if c.Tier.Grace != nil {
		by = *c.Tier.Grace
	}
	g := c.goal(level.Name, keep, p.KeepCountsFrom(of, calendar.Day(by)), level.Limit)
	g.By = &by
	return g
}

func (c *reading) goal(name string, criteria tier.Criteria, from calendar.Day, limit *tier.Limit) *Goal {
	g := &Goal{Tier: name, All: []Need{}, Any: []Need{}, Limit: limit}
	if from != calendar.NoDay {
		day := publication.Day(from)
		g.From = &day
	}
	for _, t := range criteria.All {
		g.All = append(g.All, c.need(t, from))
	}
	for _, t := range criteria.Any {
		g.Any = append(g.Any, c.need(t, from))
	}
	return g
}

func (c *reading) need(t tier.Threshold, from calendar.Day) Need {
	n := Need{Metric: t.Metric, Need: t.AtLeast}
	if have, known := c.have(t.Metric, from); known {
		missing := max(0, tier.Shortfall(have, t.AtLeast))
		n.Have, n.Missing = &have, &missing
	}
	return n
}

// have is a metric from a day on, as far as the publication tells.
func (c *reading) have(metric string, from calendar.Day) (float64, bool) {
	if of, known := column.Named(column.Metrics, metric); known {
		return c.columnNow(of)
	}
	h := c.history
	if h.First >= from { // NoDay is before all days: everything counts
		return c.counted(metric, h.PurchaseDays, h.Orders, h.Net.Float())
	}
	if h.Last < from && (metric != "spend" || h.Returns == 0) {
		return c.counted(metric, 0, 0, 0) // nothing happened since
	}
	if c.purchases == nil {
		return 0, false
	}
	// Orders are those of days where each day has one, and spend is that of purchase days
	// where nothing was given back on other days.
	at, _ := slices.BinarySearch(c.purchases.Days, from)
	days := int64(len(c.purchases.Days) - at)
	spend := 0.
	for _, amount := range c.purchases.Spend[at:] {
		spend += amount.Float()
	}
	if metric == "orders" && h.Orders != h.PurchaseDays || metric == "spend" && !isZero(c.Purchases.Elsewhere) {
		return 0, false
	}
	return c.counted(metric, days, days, spend)
}

// counted is one of the metrics that are counted by day. Attributes that a job counts are
// not among them.
func (c *reading) counted(metric string, days, orders int64, spend float64) (float64, bool) {
	switch metric {
	case "spend":
		return spend, true
	case "orders":
		return float64(orders), true
	case "purchase_days":
		return float64(days), true
	}
	return 0, false
}

// columnNow is a column of tonight as the number that tiers take.
func (c *reading) columnNow(of *column.Column) (float64, bool) {
	switch of.Type {
	case column.Count:
		v, has := c.Columns.Count(of)
		return float64(v), has
	case column.Amount:
		v, has := c.Columns.Amount(of)
		return v.Float(), has
	default:
		return c.Columns.Number(of)
	}
}

// readWarning reads whether the member is about to fall.
func (c *reading) readWarning(t *Tier) error {
	rows, err := c.night.ReadListed(column.TiersWarnings, column.CustomerID.Name, c.ID)
	if err = orAbsent(err); err != nil || len(rows) == 0 {
		return err
	}
	t.Warning = rows[0]
	if t.Keep == nil {
		return nil
	}
	// The list has the number that decides, whatever else is known of it.
	metric, have := textOf(rows[0], "metric"), floatOf(rows[0], "have")
	for i, need := range t.Keep.All {
		if need.Metric == metric && have != nil {
			missing := max(0, tier.Shortfall(*have, need.Need))
			t.Keep.All[i].Have, t.Keep.All[i].Missing = have, &missing
		}
	}
	return nil
}

// cell is a value of a row by its name: columns of lists have names alone.
func cell[T any](r *publication.Row, name string) (v T, has bool) {
	for _, c := range r.Cells {
		if c.Name == name {
			v, has = c.Value.(T)
			return v, has
		}
	}
	return v, false
}

func textOf(r *publication.Row, name string) string {
	v, _ := cell[string](r, name)
	return v
}

func floatOf(r *publication.Row, name string) *float64 {
	if v, has := cell[float64](r, name); has {
		return &v
	}
	return nil
}
