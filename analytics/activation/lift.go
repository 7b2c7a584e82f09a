package activation

import (
	"math"
	"slices"
	"strings"

	"clientele/segment/campaign"
	"clientele/segment/experiment"
)

// Measure is what an effect is an effect on.
type Measure string

// The measures, in the order of their rows: what a customer brought, how often they bought,
// and whether they did.
const (
	Margin    Measure = "margin"
	Purchases Measure = "purchases"
	Buyers    Measure = "buyers"
)

// Lift is a row of lift.csv. Numbers that are not known are NaN.
type Lift struct {
	Campaign string
	Measure  Measure
	Effect   experiment.Estimate // per customer, by intention to treat
	Adjusted experiment.Estimate // with what was forecast at the draw taken out (CUPED)
	Relative experiment.Relative // of Effect, to the mean of control
	Rho      float64             // correlation of the forecast with what came
	Verdict  experiment.Verdict  // by Adjusted, and by Effect where nothing was forecast

	CustomersTreated, CustomersControl int
	Crossed, LeftOut                   int      // customers of both arms; of blocks with one arm only
	Contacts                           int      // planned
	Overlaps                           []string // other campaigns that contact some of them in the window
	Overlapping                        int      // the customers whom they contact

	Total         float64 // effect on all treated customers together
	Cost          float64 // of the contacts
	ReturnPerCost float64 // margin that the contacts brought for one unit of cost, where the effect is proved
	Detectable    float64 // least effect per customer that could be found, by what they did before
	Needed        float64 // customers that it would have taken to find this effect
	SampleRatio   float64 // chance of arms as uneven as these
	Balance       float64 // chance of forecasts that differ as much between the arms
}

// Lifts are the rows of all campaigns that have drawn anybody, three each, by name. Before its end a
// campaign shows means, but no interval: whoever looks every night would stop at a chance.
func (e Evidence) Lifts() []Lift {
	var rows []Lift
	byName := slices.SortedFunc(slices.Values(e.Campaigns), func(a, b Drawn) int { return strings.Compare(a.Name, b.Name) })
	for _, d := range byName {
		t := e.trial(d)
		if len(t.of) > 0 {
			rows = append(rows, e.rows(t)...)
		}
	}
	return rows
}

func (e Evidence) rows(t trial) []Lift {
	arms := experiment.NewArms(t.treated, t.share)
	common := Lift{
		Campaign: t.drawn.Name, Crossed: t.crossed, LeftOut: arms.LeftOut(),
		Contacts:    e.contacts(t.drawn),
		SampleRatio: arms.SampleRatio(), Balance: arms.Balance(t.forecast),
	}
	if o := t.drawn.Overlap; o != nil {
		common.Overlaps, common.Overlapping = o.Campaigns, o.Customers
	} else {
		common.Overlaps, common.Overlapping = e.overlaps(t)
	}
	common.CustomersTreated, common.CustomersControl = arms.Customers()
	common.Cost = float64(common.Contacts) * t.drawn.Cost
	pasts := e.pasts(t)
	rows := make([]Lift, 0, 3)
	for _, m := range []struct {
		name    Measure
		of      func(trial) []float64
		compare func([]float64) experiment.Estimate
	}{
		{Margin, func(t trial) []float64 { return t.margin }, arms.Difference},
		{Purchases, func(t trial) []float64 { return t.bought }, arms.Difference},
		{Buyers, func(t trial) []float64 { return t.buyers }, arms.Shares},
	} {
		row := common
		row.Measure = m.name
		row.Detectable = detectable(arms, pasts, m.of)
		row.measure(arms, m.of(t), t.forecast, m.compare)
		row.judge(arms, m.of(t), t.ended(e.AsOf))
		rows = append(rows, row)
	}
	return rows
}

// measure fills in what the arms say.
func (l *Lift) measure(arms experiment.Arms, y, forecast []float64, compare func([]float64) experiment.Estimate) {
	adjusted, rho := arms.Adjust(y, forecast)
	l.Effect, l.Rho, l.Relative = compare(y), rho, arms.Relative(y)
	l.Adjusted = l.Effect
	if rho != 0 {
		l.Adjusted = arms.Difference(adjusted)
	}
	l.Total = l.Adjusted.Effect * float64(l.CustomersTreated)
	l.Needed = arms.Size(adjusted).Needed(l.Adjusted.Effect)
}

// judge gives the verdict, and takes back what may not be said yet.
func (l *Lift) judge(arms experiment.Arms, y []float64, ended bool) {
	if !arms.Enough(y) {
		l.Effect.Low, l.Effect.High = math.NaN(), math.NaN()
		l.Adjusted.Low, l.Adjusted.High = math.NaN(), math.NaN()
	}
	l.Verdict = arms.Judge(l.Adjusted, ended)
	if l.Verdict == experiment.Running {
		for _, e := range []*experiment.Estimate{&l.Effect, &l.Adjusted} {
			e.Low, e.High = math.NaN(), math.NaN()
		}
		l.Relative.Low, l.Relative.High, l.Needed = math.NaN(), math.NaN(), math.NaN()
	}
	l.ReturnPerCost = math.NaN()
	if l.Verdict.Proved() && l.Measure == Margin && l.Cost > 0 {
		l.ReturnPerCost = l.Total / l.Cost
	}
	if l.Verdict == experiment.Described { // means of those who were contacted, and no effect
		l.Effect.Treated = mean(y)
	}
}

func mean(y []float64) float64 {
	sum := 0.0
	for _, v := range y {
		sum += v
	}
	return sum / float64(len(y))
}

// contacts counts those that lists have planned for a campaign.
func (e Evidence) contacts(d Drawn) int {
	n := d.Forgotten
	for _, c := range e.Planned {
		if c.Campaign == d.Name && !c.Parted {
			n++
		}
	}
	return n
}

// overlaps are the campaigns that contact customers of an experiment between the draw and
// the end, and how many they contact. Nothing overlaps with the holdout: what others do is
// what it measures.
func (e Evidence) overlaps(t trial) (names []string, customers int) {
	if t.drawn.Name == campaign.HoldoutName {
		return nil, 0
	}
	others := map[string][]campaign.Contact{}
	for _, c := range e.Planned {
		if c.Campaign != t.drawn.Name {
			others[c.Customer] = append(others[c.Customer], c)
		}
	}
	for _, a := range t.of {
		contacted := false
		for _, c := range others[a.Customer] {
			if c.Day > a.Since && c.Day <= t.drawn.Ends {
				contacted = true
				if !slices.Contains(names, c.Campaign) {
					names = append(names, c.Campaign)
				}
			}
		}
		if contacted {
			customers++
		}
	}
	slices.Sort(names)
	return names, customers
}

// ContactsSaved are those that control did without.
func (l Lift) ContactsSaved() int { return l.CustomersControl }
