package explain

import (
	"errors"
	"io/fs"
	"path/filepath"

	"clientele/analytics/asset/equity"
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/revaluation"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Part is what one cause comes to.
type Part struct {
	Cause       cause.Cause  `json:"cause"`
	PastValue   money.Amount `json:"past_value"`
	FutureValue money.Amount `json:"future_value"`
	CLV         money.Amount `json:"clv"` // both
}

// EquityLine is a line of the equity ledger.
type EquityLine struct {
	Line   equity.Line  `json:"line"`
	Amount money.Amount `json:"amount"`
}

// Moved is a number on both nights.
type Moved struct {
	Was money.Amount `json:"was"`
	Is  money.Amount `json:"is"`
}

// Step is what changed: the amount from one to the other.
func (m Moved) Step() money.Amount { return m.Is.Minus(m.Was) }

// Switch is a group that is another.
type Switch struct {
	Column string `json:"column"` // segment, tier, stage, decline, r, f or m
	Was    string `json:"was"`
	Is     string `json:"is"`
	// Why is what moved a score: what the customer did, time, or the cut points.
	Why []cause.Cause `json:"why,omitempty"`
}

// Why there is no comparison.
const (
	FirstNight  = "first_night"  // the publication follows none
	NotThere    = "not_there"    // the night before is not beside this one any more
	RunAgain    = "run_again"    // it was run again since, and is another
	NewCustomer = "new_customer" // nothing had been bought yet
	NotListed   = "not_listed"   // something had been, and the customer was not in it under this id
	Unreadable  = "unreadable"   // it does not hold what it takes
	Damaged     = "damaged"      // it is not as it was published
)

// Change is what is not what it was on the night before.
type Change struct {
	Since   publication.Day `json:"since"`
	Days    int             `json:"days"`
	Unknown string          `json:"unknown,omitempty"` // why there is no comparison
	// Happened is what became of the history: bought, returned, joined, parted or corrected;
	// empty: nothing.
	Happened cause.Cause  `json:"happened,omitempty"`
	Bought   int64        `json:"purchase_days"` // more than there were
	Orders   int64        `json:"orders"`
	Net      money.Amount `json:"net"`
	Switches []Switch     `json:"switches"`

	PastValue   *Moved `json:"past_value,omitempty"`
	FutureValue *Moved `json:"future_value,omitempty"`
	CLV         *Moved `json:"clv,omitempty"`
	Parts       []Part `json:"parts"` // they add up to the steps
	// Equity are the customer's lines of the equity ledger that are not nothing: the step of
	// FutureValue by line, as Parts have it by cause. Of a customer whom the night before does
	// not list under this id one line has all.
	Equity []EquityLine `json:"equity,omitempty"`
	// Mixed tells that the customer both bought and had an earlier past corrected, or gave
	// something back: one part has both.
	Mixed bool `json:"mixed,omitempty"`
}

// sides are a customer on two nights.
type sides struct {
	older, newer   *night
	was, is        revaluation.History
	wasKnown       bool
	before, after  rows
	changed        bool
	joined, parted bool                 // with or from another id, since
	corrected      *revaluation.History // what is known tonight of the night before; nil: what was known then
	nights         *equity.Nights
}

// rows are those of one customer in both files of a night.
type rows struct{ customer, remembered *publication.Row }

// number is a cell of either file.
func (r rows) number(c *column.Column) (float64, bool) {
	if v, has := r.customer.Number(c); has {
		return v, true
	}
	return r.remembered.Number(c)
}

// amount is a published value as the amount that it is.
func (r rows) amount(c *column.Column) (money.Amount, bool) {
	v, has := r.number(c)
	return money.FromFloat(v), has
}

// changeOf compares with the night before.
func (c *reading) changeOf() (*Change, error) {
	if c.night.Previous == nil {
		out := &Change{Unknown: FirstNight}
		c.enter(out, equity.NewCustomers)
		return out, nil
	}
	out := &Change{Switches: []Switch{}, Parts: []Part{}}
	day, err := calendar.Parse(c.night.Previous.AsOf)
	if err != nil {
		return nil, c.night.Damaged("run.json", err)
	}
	out.Since, out.Days = publication.Day(day), int(c.night.day-day)
	s, why, err := c.sides()
	if damage, is := errors.AsType[*publication.Damage](err); is && damage.Publication != c.night.Path {
		why, err = Damaged, nil // tonight can be told all the same
	}
	out.Unknown = why
	switch {
	case s != nil:
		err = s.fill(out)
	case why == NewCustomer || why == NotListed:
		var line equity.Line
		if line, err = c.entry(); err == nil {
			c.enter(out, line)
		}
	}
	return out, err
}

// entry is the line of a customer whom the night before does not list under this id.
func (c *reading) entry() (equity.Line, error) {
	older := c.before.night
	nights, err := equity.OpenedNights(older.Publication, c.night.Publication, older.worth, c.night.worth)
	if err != nil {
		return 0, err
	}
	return nights.EntryOf(older.Publication, c.night.Publication, c.ID, c.history.First)
}

// enter says that all that the customer is expected to bring came by one line, as the ledger
// has it.
func (c *reading) enter(out *Change, line equity.Line) {
	if value, has := c.rows.amount(column.FutureValue); has {
		out.Equity = []EquityLine{{line, value}, {equity.Closing, value}}
	}
}

// sides lays the night before beside this one, or says why it cannot.
func (c *reading) sides() (*sides, string, error) {
	if c.before == nil {
		c.before = c.openBefore()
	}
	if c.before.why != "" || c.before.err != nil {
		return nil, c.before.why, c.before.err
	}
	return c.sidesWith(c.before.night)
}

// openBefore opens the night before, or says why there is none to compare with.
func (r *Reader) openBefore() *beforeNight {
	path, err := filepath.EvalSymlinks(r.night.Path) // latest
	if err != nil {
		return &beforeNight{err: err}
	}
	p, err := publication.Open(filepath.Join(filepath.Dir(path), r.night.Previous.AsOf))
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, publication.ErrUnfinished):
		return &beforeNight{why: NotThere}
	case err != nil:
		return &beforeNight{err: err}
	case p.RunID != r.night.Previous.RunID:
		return &beforeNight{why: RunAgain}
	}
	n, err := openNight(p)
	return &beforeNight{night: n, err: err}
}

// sidesWith lays both nights side by side.
func (c *reading) sidesWith(older *night) (*sides, string, error) {
	before, found, err := readRows(older, c.ID)
	switch {
	case err != nil:
		return nil, "", err
	case !found && c.known && c.history.First <= older.day:
		return nil, NotListed, nil
	case !found:
		return nil, NewCustomer, nil
	}
	s := &sides{older: older, newer: c.night, is: c.history, before: before, after: c.rows}
	if s.was, s.wasKnown = revaluation.HistoryOf(before.customer, before.remembered); !s.wasKnown || !c.known {
		return nil, Unreadable, nil
	}
	if s.changed = s.was != s.is; s.changed && s.happened() == cause.Corrected { // or by more than that
		if s.joined, s.parted, err = cause.KinOf(older.Publication, c.night.Publication, c.ID); err != nil {
			return nil, "", err
		}
	}
	if s.nights, err = equity.OpenedNights(older.Publication, c.night.Publication, older.worth, c.night.worth); err != nil {
		return nil, "", err
	}
	if s.changed {
		s.corrected = s.nights.KnownThen(s.was, s.is, c.purchaseDays())
	}
	return s, "", nil
}

// readRows reads a customer's rows of both files; of a publication without customers in a
// form that can be read, that of the state alone.
func readRows(n *night, id string) (r rows, found bool, err error) {
	if r.remembered, found, err = n.ReadRemembered(id); err != nil || !found {
		return r, false, err
	}
	r.customer, _, err = n.ReadCustomer(id)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return r, true, err
}

// fill says what changed.
func (s *sides) fill(out *Change) error {
	out.Bought, out.Orders = s.is.PurchaseDays-s.was.PurchaseDays, s.is.Orders-s.was.Orders
	out.Net = s.is.Net.Minus(s.was.Net)
	if out.Mixed = s.mixed(); s.changed {
		out.Happened = s.happened()
	}
	scores, err := s.scoreSwitches()
	out.Switches = append(append(out.Switches, scores...), s.groupSwitches()...)
	s.addValues(out)
	return err
}

// happened is the cause of what is another in the history.
func (s *sides) happened() cause.Cause {
	if happened := cause.Happened(s.was.Past(), s.is.Past(), s.older.day, s.joined, s.parted); happened != "" {
		return happened
	}
	return cause.Corrected // what is no part of a past, such as costs or what a purchase day is
}

// mixed tells whether more than one thing happened to the history: what was known of the
// time before changed, or something was given back, beside purchases.
func (s *sides) mixed() bool {
	return s.happened() == cause.Bought && (s.is.Returns != s.was.Returns || s.is.First != s.was.First || s.corrected != nil && *s.corrected != s.was)
}
