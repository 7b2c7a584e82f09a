package explain

import (
	"errors"
	"io/fs"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/analytics/worth/revaluation"
	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// Customer is what a publication knows of one customer.
type Customer struct {
	Found
	Name      string          `json:"name"` // of the job
	AsOf      publication.Day `json:"as_of"`
	RunID     string          `json:"run_id"`
	Currency  string          `json:"currency,omitempty"`
	Customers int64           `json:"customers"` // of the publication
	// Columns are those of customers, by their names, and Remembered those of state.parquet.
	Columns    *publication.Row `json:"columns"`
	Remembered *publication.Row `json:"remembered"`

	Purchases   *Purchases `json:"purchases"` // null: the publication has no purchases.parquet
	Scores      *Scores    `json:"scores"`    // null: rfm is off
	Outlook     *Outlook   `json:"outlook"`   // null: clv is off
	PastValue   *Ledger    `json:"past_value"`
	FutureValue *Ledger    `json:"future_value"`
	Stage       *Stage     `json:"stage"`  // null: stages are off
	Tier        *Tier      `json:"tier"`   // null: tiers are off
	Change      *Change    `json:"change"` // since the night before
	History     *History   `json:"history,omitempty"`
	Contacts    *Contacts  `json:"activation,omitempty"` // not there where the job contacts nobody; see ReadContacts
	Account     *Account   `json:"account,omitempty"`    // not there where the customer is in no hierarchy; see ReadAccount

	of       *publication.Publication
	language string // of the publication
}

// Reader reads customers of a publication.
type Reader struct {
	night  *night
	before *beforeNight // nil: not looked for yet
}

// beforeNight is the night before, or why there is none to compare with.
type beforeNight struct {
	*night
	why string
	err error
}

// Open makes a publication ready to be asked about its customers. The error is a
// [*publication.Damage] where a file is not as it was published.
func Open(p *publication.Publication) (*Reader, error) {
	n, err := openNight(p)
	return &Reader{night: n}, err
}

// reading is a customer while it is read.
type reading struct {
	*Reader
	Customer
	rows      rows
	history   revaluation.History
	known     bool // the history is
	purchases *publication.Purchases
}

// Of reads what the publication knows of a customer. The error is a [*NotFound] where the
// id leads to none, and a [*publication.Damage] where a file is not as it was published.
func (r *Reader) Of(id string) (*Customer, error) {
	p := r.night.Publication
	found, row, err := find(p, id)
	if err != nil {
		return nil, err
	}
	c := &reading{Reader: r, Customer: Customer{
		Found: found, Name: p.Name, AsOf: publication.Day(r.night.day), RunID: p.RunID, Customers: p.Customers,
		Columns: row, of: p,
	}}
	settings, err := p.Settings.Flat()
	if err != nil {
		return nil, p.Damaged(publish.ManifestFile, err)
	}
	c.Currency, c.language = settings["currency"], settings["output.language"]
	if c.Remembered, _, err = p.ReadRemembered(found.ID); err != nil {
		return nil, err
	}
	c.rows = rows{row, c.Remembered}
	c.history, c.known = revaluation.HistoryOf(row, c.Remembered)
	return &c.Customer, c.read()
}

// read reads all parts.
func (c *reading) read() (err error) {
	for _, part := range []func() error{
		c.readPurchases, c.readScores, c.readOutlook, c.readStage, c.readTier, c.readChange,
	} {
		if err = part(); err != nil {
			return err
		}
	}
	c.addLedgers()
	return nil
}

func (c *reading) readChange() (err error) {
	c.Change, err = c.changeOf()
	return err
}

// Language is that of the publication.
func (c *Customer) Language() string { return c.language }

// orAbsent passes over a file of a stage that was off.
func orAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// purchaseDays are the days of purchases.parquet; nil: there is none.
func (c *reading) purchaseDays() []calendar.Day {
	if c.purchases == nil {
		return nil
	}
	return c.purchases.Days
}

// labels are what groups are called in a language.
func (c *Customer) labels(language string) publication.Labels {
	return publication.LabelsIn(wording.In(language), c.of)
}

// label is how the publication names a group; empty for none.
func (c *Customer) label(kind, name string) string {
	if name == "" {
		return ""
	}
	return c.labels(c.language).Of(kind, name)
}

// groupOf is a group of the publication; nil where it has none of the name.
func (c *reading) groupOf(kind, name string) *publication.Group {
	for i, g := range c.night.Segments {
		if g.Kind == kind && g.Name == name {
			return &c.night.Segments[i]
		}
	}
	return nil
}

// count is a cell of whole numbers; 0 where there is none.
func (c *reading) count(of *column.Column) int64 {
	v, _ := c.Columns.Count(of)
	return v
}
