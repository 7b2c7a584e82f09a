package activation

import (
	"math"

	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// History is what customers bought, by id: their purchase days, ascending, and the margin of
// each day.
type History map[string]Bought

// Bought is that of one customer.
type Bought struct {
	Days   []calendar.Day
	Margin []float64
}

// outcome is what a customer brought in a window.
type outcome struct{ margin, purchases float64 }

// between is the outcome from the day after one to another.
func (h History) between(customer string, after, until calendar.Day) (o outcome) {
	b := h[customer]
	for i, day := range b.Days {
		if day > after && day <= until {
			o.margin += b.Margin[i]
			o.purchases++
		}
	}
	return o
}

// Drawn is a campaign as it was when its arms were drawn.
type Drawn struct {
	Name     string
	Ends     calendar.Day // NoDay: never, as of a holdout that is not drawn anew
	Cost     float64      // of a contact
	Channels []string
	// Forgotten are contacts that lists have planned, too long ago to be among Planned.
	Forgotten int
	// Overlap is what an earlier night has read of other campaigns' contacts, where these may
	// be forgotten by now; nil: they are all there.
	Overlap *Overlap
}

// Overlap is what other campaigns did with the customers of one.
type Overlap struct {
	Campaigns []string // in order
	Customers int      // whom they contacted
}

// Evidence is all by which campaigns are measured. Ids are those of tonight.
type Evidence struct {
	AsOf        calendar.Day
	History     History
	Assignments []campaign.Assignment // of former nights: tonight's have no outcome yet
	Campaigns   []Drawn               // the holdout among them
	Planned     []campaign.Contact    // by the lists of former nights
}

// trial is one campaign's experiment: those of its customers who are in one arm, and what
// they did in their windows.
type trial struct {
	drawn    Drawn
	of       []campaign.Assignment
	treated  []bool
	share    []float64
	forecast []float64
	margin   []float64
	bought   []float64 // purchases
	buyers   []float64 // 1: bought
	crossed  int       // customers of both arms, who are left out
}

// trial collects what is known of a campaign. A window is from the day after the draw to the
// end of the campaign, or to tonight.
func (e Evidence) trial(d Drawn) trial {
	t := trial{drawn: d}
	until := e.AsOf
	if d.Ends != calendar.NoDay {
		until = min(until, d.Ends)
	}
	for _, a := range e.Assignments {
		switch {
		case a.Campaign != d.Name, a.Parted:
			continue
		case a.Arm == campaign.Both:
			t.crossed++
			continue
		}
		o := e.History.between(a.Customer, a.Since, until)
		t.of = append(t.of, a)
		t.treated = append(t.treated, a.Arm == campaign.Treated)
		t.share = append(t.share, a.Share)
		t.forecast = append(t.forecast, a.Forecast)
		t.margin = append(t.margin, o.margin)
		t.bought = append(t.bought, o.purchases)
		t.buyers = append(t.buyers, math.Min(o.purchases, 1))
	}
	return t
}

// ended tells whether the end that was stated has come.
func (t trial) ended(asOf calendar.Day) bool {
	return t.drawn.Ends != calendar.NoDay && asOf >= t.drawn.Ends
}
