package equity

import (
	"bytes"
	"math"

	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/analytics/worth/revaluation"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/calendar"
)

// Nights are two nights of a job by which customers are valued.
type Nights struct {
	Older, Newer *revaluation.Night
	// Records tells that the settings changed that say what a customer, an order, a day and an
	// amount are.
	Records bool
	// otherRates tells that the file of rates is another, which may say otherwise what amounts
	// of the past are worth.
	otherRates bool
	// otherCurrency tells that amounts of one are no amounts of the other.
	otherCurrency bool
	// otherProgram tells that another version of the program made the older night: then what
	// that published is held against what this version makes of it.
	otherProgram bool
}

// Open reads what two publications are valued by. The error is a [*publication.Damage] where
// a file is not as it was published.
func Open(older, newer *publication.Publication) (*Nights, error) {
	n := &Nights{}
	var err error
	if n.Older, err = revaluation.Open(older); err != nil {
		return nil, err
	}
	if n.Newer, err = revaluation.Open(newer); err != nil {
		return nil, err
	}
	return n, n.compareSettings(older, newer)
}

// OpenedNights are two nights of which it is known already what they are valued by.
func OpenedNights(older, newer *publication.Publication, then, now *revaluation.Night) (*Nights, error) {
	n := &Nights{Older: then, Newer: now}
	return n, n.compareSettings(older, newer)
}

func (n *Nights) compareSettings(older, newer *publication.Publication) error {
	var meaning [2][]byte
	var currency, rates [2]string
	for i, p := range []*publication.Publication{older, newer} {
		flat, err := p.Settings.Flat()
		if err == nil {
			meaning[i], err = p.Settings.RecordMeaning()
		}
		if err != nil {
			return p.Damaged(publish.ManifestFile, err)
		}
		currency[i], rates[i] = flat["currency"], contentOf(p, flat["rates"])
	}
	n.otherProgram = older.Version() != newer.Version()
	n.Records, n.otherCurrency = !bytes.Equal(meaning[0], meaning[1]), currency[0] != currency[1]
	n.otherRates = rates[0] != rates[1]
	return nil
}

// contentOf is the SHA-256 of an input of a night; "" where it has none of that path.
func contentOf(p *publication.Publication, path string) string {
	for _, in := range p.Inputs {
		if in.Path == path {
			return in.SHA256
		}
	}
	return ""
}

// Whole is the line that has all of a customer's step, where it cannot be told apart; false:
// it can.
func (n *Nights) Whole() (Line, bool) {
	older, newer := n.Older, n.Newer
	switch {
	case older.Job == nil || newer.Job == nil: // settings that this version cannot read
		return Unexplained, true
	case older.Job.CLV == nil || newer.Job.CLV == nil || n.otherCurrency:
		return Settings, true
	case older.Blend == nil || newer.Blend == nil:
		return Model, true
	case !older.Known || !newer.Known:
		return Unexplained, true
	}
	return 0, false
}

// growth is what a unit of money of the older night comes to by the newer one, at the older
// night's discount: e^(δΔ).
func (n *Nights) growth() float64 {
	r := n.Older.Rules
	return math.Exp(clv.ContinuousRate(r.Rate, r.Prices.UnitsPerYear) * n.units())
}

// units is the time between the nights, in the older night's model units.
func (n *Nights) units() float64 { return float64(n.Newer.Day-n.Older.Day) / n.Older.Rules.UnitDays }

// pricesBefore are the older night's prices, in the unit of the newer night's models, and
// with the newer night's estimate of the margin where mapped costs tell it on both: an
// estimate moves with the data, as models do, and no setting does it.
func (n *Nights) pricesBefore() valuation.Rules {
	r := n.Newer.RulesOf(n.Older)
	if n.Older.Costed && n.Newer.Costed {
		r.Prices.Margin = n.Newer.Rules.Prices.Margin
	}
	return r
}

// KnownThen is what is known on the newer night of a history on the older one; nil where
// that is what was known then, or where nobody can tell. days are the customer's purchase
// days, oldest first; nil: only the last of them is known. What was given back since is no
// correction.
func (n *Nights) KnownThen(was, is revaluation.History, days []calendar.Day) *revaluation.History {
	then := was
	switch {
	case is.Last <= n.Older.Day: // nothing was bought since: all that is known is of then
		then = is
	case len(days) > 0 && days[0] <= n.Older.Day:
		upTo := countUpTo(days, n.Older.Day)
		then.First, then.Last, then.PurchaseDays = days[0], days[upTo-1], int64(upTo)
	default:
		return nil
	}
	if then == was || is.Returns > was.Returns {
		return nil
	}
	return &then
}

func countUpTo(days []calendar.Day, last calendar.Day) int {
	n := len(days)
	for n > 0 && days[n-1] > last {
		n--
	}
	return n
}

// expected is the value that purchases and time come to, unrounded.
func expected(r valuation.Rules, s clv.Scores, i int, basket clv.Basket) float64 {
	return clv.FutureValue(r.Prices, s.DECT[i], s.AliveTime[i], basket)
}
