package simulate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// The bounds of what is simulated. They keep row counts and tables within
// what a machine holds and dates within four-digit years.
const (
	maxCustomers = 1_000_000_000
	maxSpanDays  = 36_525 // a century
	maxProducts  = 1_000_000
	maxPerDay    = 1_000 // purchases of the busiest customers
)

// OptionsError reports everything that is wrong with Options.
type OptionsError struct {
	// Problems has one line for each violation, starting with the option.
	Problems []string
}

// Error lists the problems, one on each line.
func (e *OptionsError) Error() string {
	return "simulate: " + strings.Join(e.Problems, "\nsimulate: ")
}

// problems collects violations.
type problems []string

// check adds a message unless ok.
func (p *problems) check(ok bool, format string, args ...any) {
	if !ok {
		*p = append(*p, fmt.Sprintf(format, args...))
	}
}

// Validate checks the options and reports every violation in one *OptionsError.
func (o Options) Validate() error {
	var p problems
	o.checkCalendar(&p)
	o.checkModel(&p)
	o.checkSpend(&p)
	o.checkProfiles(&p)
	o.checkShop(&p)
	o.checkCampaigns(&p)
	if len(p) > 0 {
		return &OptionsError{Problems: p}
	}
	return nil
}

// checkCalendar checks the number of customers and the days.
func (o Options) checkCalendar(p *problems) {
	p.check(o.Customers >= 1 && o.Customers <= maxCustomers,
		"customers: got %d, want 1 to %d", o.Customers, maxCustomers)
	p.check(o.Accounts >= 0 && o.Accounts <= max(0, o.Customers), "accounts: got %d, want 0 (none) to the %d customers", o.Accounts, o.Customers)
	start, end := dayNumber(o.Start), dayNumber(o.End)
	p.check(o.Start.Year() >= 1 && o.End.Year() <= 9998,
		"start, end: got years %d and %d, want 1 to 9998", o.Start.Year(), o.End.Year())
	p.check(end >= start, "end: %s is before start, %s",
		o.End.Format(dateLayout), o.Start.Format(dateLayout))
	span := end - start + 1
	p.check(span <= maxSpanDays, "end: %d days after start, want at most %d", span-1, maxSpanDays-1)
	p.check(o.AcquisitionDays >= 0 && (span < 1 || o.AcquisitionDays <= span),
		"acquisition days: got %d, want 0 (all) to the %d days from start to end", o.AcquisitionDays, span)
	p.check(o.Opens >= 0 && o.Opens < o.Closes && o.Closes <= 24,
		"opens, closes: got %d and %d, want hours of a day, opens before closes", o.Opens, o.Closes)
	p.check(o.Workers >= 0, "workers: got %d, want 0 (one for each processor) or more", o.Workers)
}

// checkModel checks the model, its unit and that it has just its parameters.
func (o Options) checkModel(p *problems) {
	p.check(o.Unit.days() > 0, "unit: got %q, want day, week or month", o.Unit)
	m, ok := findModel(o.Model)
	if !ok {
		p.check(false, "model: %q is unknown; choose one of %s", o.Model, strings.Join(Models(), ", "))
		return
	}
	for _, name := range m.params {
		v, given := o.Params[name]
		if !given {
			p.check(false, "params: %s is missing; %s needs %s", name, m.name, strings.Join(m.params, ", "))
			continue
		}
		p.check(positive(v), "params: %s: got %v, want a number above 0", name, v)
		p.check(name != "k" || v == math.Trunc(v) && v <= 100, "params: k: got %v, want a whole number up to 100", v)
	}
	for _, name := range sortedKeys(o.Params) {
		p.check(slices.Contains(m.params, name), "params: %s is not a parameter of %s, which has %s",
			name, m.name, strings.Join(m.params, ", "))
	}
	o.checkRate(p)
}

// checkRate keeps out parameters under which some customers would buy without
// end. It takes the mean of lambda plus a margin that only one customer in some
// 1e13 is above: ten standard deviations, or 30 means of the exponential that
// the tail of a gamma law with a small r is like.
func (o Options) checkRate(p *problems) {
	r, alpha, unit := o.Params["r"], o.Params["alpha"], o.Unit.days()
	if !positive(r) || !positive(alpha) || unit == 0 {
		return
	}
	busiest := (r + 10*math.Sqrt(r) + 30) / alpha / unit
	if k := o.Params["k"]; k > 1 {
		busiest /= k
	}
	p.check(busiest <= maxPerDay,
		"params: r %v and alpha %v let a customer buy %.0f times a day, want at most %d; is the unit right?",
		r, alpha, busiest, maxPerDay)
}

// checkSpend checks the parameters of spend and the size of orders.
func (o Options) checkSpend(p *problems) {
	p.check(positive(o.Spend.P), "spend: p: got %v, want a number above 0", o.Spend.P)
	p.check(positive(o.Spend.Q), "spend: q: got %v, want a number above 0", o.Spend.Q)
	p.check(positive(o.Spend.Gamma), "spend: gamma: got %v, want a number above 0", o.Spend.Gamma)
	p.check(o.Lines >= 1 && o.Lines <= 1000, "lines: got %v, want a mean of 1 to 1000 lines an order", o.Lines)
}

// checkProfiles checks the shares of customers beside the model.
func (o Options) checkProfiles(p *problems) {
	f := o.Profiles
	share(p, "profiles: steady", f.Steady)
	share(p, "profiles: sudden", f.Sudden)
	share(p, "profiles: gradual", f.Gradual)
	share(p, "profiles: returning", f.Returning)
	share(p, "profiles: drifting", f.Drifting)
	// The slack admits sums of shares such as 0.1 that are not exact in binary.
	p.check(!(f.sum() > 1+1e-9), "profiles: shares add up to %v, want at most 1", f.sum())
	p.check(f.sum() == 0 || f.Gap >= 0.01 && f.Gap <= maxSpanDays,
		"profiles: gap: got %v, want 0.01 to %d days", f.Gap, maxSpanDays)
	p.check(!(f.Drifting > 0) || len(o.Categories) >= 2,
		"profiles: drifting: needs two categories or more, got %d", len(o.Categories))
}

// checkShop checks the labels and the shares of rows.
func (o Options) checkShop(p *problems) {
	labels(p, "categories", o.Categories)
	labels(p, "channels", o.Channels)
	labels(p, "regions", o.Regions)
	p.check(o.Products >= 1 && o.Products*max(1, len(o.Categories)) <= maxProducts,
		"products: got %d in each of %d categories, want at least 1 and at most %d together",
		o.Products, len(o.Categories), maxProducts)
	share(p, "return share", o.ReturnShare)
	share(p, "mess", o.Mess)
}

// checkCampaigns checks contacts and effects.
func (o Options) checkCampaigns(p *problems) {
	o.Answers.check(p)
	for _, c := range o.Contacts {
		if c.Until.Before(c.From) {
			p.check(false, "contacts: campaign %q: until %s is before from %s",
				c.Campaign, c.Until.Format(dateLayout), c.From.Format(dateLayout))
			break // one of them says it
		}
	}
	for _, e := range o.Effects {
		e.check(p, o)
	}
}

// The bounds of an effect: more would be another shop.
const (
	mostAdded = 100
	mostGrown = 10
)

// check checks an effect and its stratum.
func (e Effect) check(p *problems, o Options) {
	p.check(e.Purchases >= 0 && e.Purchases <= mostAdded,
		"effects: %s: got %v purchases, want 0 to %d; what takes purchases away is a share such as -30%%",
		e.Campaign, e.Purchases, mostAdded)
	p.check(e.Share >= -1 && e.Share <= mostGrown,
		"effects: %s: got a share of %v%%, want -100%% to %d%%", e.Campaign, 100*e.Share, 100*mostGrown)
	among := func(what, got string, known []string) {
		p.check(got == "" || slices.Contains(known, got), "effects: %s: %s: %q is unknown; choose one of %s",
			e.Campaign, what, got, strings.Join(known, ", "))
	}
	among("channel", e.Stratum.Channel, o.Channels)
	among("region", e.Stratum.Region, o.Regions)
	among("profile", e.Stratum.Profile, profileNames[:])
	among("state", e.Stratum.State, []string{Active, Gone})
	among("buyer", e.Stratum.Buyer, []string{Heavy, Light})
}

// labels checks that labels can stand in a column of text.
func labels(p *problems, what string, list []string) {
	for i, label := range list {
		p.check(label != "", "%s: label %d is empty", what, i+1)
		p.check(utf8.ValidString(label) && !strings.ContainsRune(label, 0),
			"%s: label %d, %q, is not text in UTF-8", what, i+1, label)
		p.check(slices.Index(list, label) == i, "%s: %q is listed twice", what, label)
	}
}

// share checks a share; written so that NaN fails too.
func share(p *problems, what string, v float64) {
	p.check(v >= 0 && v <= 1, "%s: got %v, want a share from 0 to 1", what, v)
}

// positive tells whether v is a number above 0 and finite.
func positive(v float64) bool { return v > 0 && !math.IsInf(v, 1) }

// sortedKeys lists the names of parameters in alphabetical order.
func sortedKeys(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
