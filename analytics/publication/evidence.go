package publication

import (
	"fmt"

	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/internal/number"
)

// Evidence is evidence.json: how the night's lifetime models did where they could be
// tried, and tables that need all customers. Each is small, whatever the size of the shop.
type Evidence struct {
	// Tested is what came of forecasts on the day that chose the models; null: Untested says
	// why there is none.
	Tested   *Tested `json:"tested"`
	Untested string  `json:"untested,omitempty"`

	// The rest is of tonight.

	Repeats []RepeatCount `json:"repeats"` // 0, 1, ... repeat purchase days; the last row is that many and more
	Gaps    *Histogram    `json:"gaps"`    // days from a purchase day to the next; null: nobody came back
	Spend   *Histogram    `json:"spend"`   // of customers who came back: mean spend on a repeat purchase day; null: there are none
	Grid    []GridCell    `json:"grid"`    // by score of recency and of frequency; null where rfm is off
}

// Tested is how forecasts of purchases came true: models are fitted to what was known on a
// day and foretell what was bought in the days after it. All but Splits is of the latest
// split, and of the forecast that mixes the models by Weights (or that of the one model).
// Where a shop is large it is that of a sample of the customers.
type Tested struct {
	On      string             `json:"on"`      // the last day that the test knew of
	Weights map[string]float64 `json:"weights"` // by model: what the test made of them
	Splits  []TestedSplit      `json:"splits"`  // by day, the latest last; those whose forecast was possible

	From      string `json:"from"`      // first day of the latest split's forecast
	Until     string `json:"until"`     // its last day
	Customers int64  `json:"customers"` // known by then

	Tracking     []TrackedPeriod   `json:"tracking"`
	ByRepeats    []RepeatForecast  `json:"by_repeats"`    // by repeat purchase days until then: 0, 1, ...; the last row is that many and more
	Deciles      []ForecastDecile  `json:"deciles"`       // those expected to spend most first; without spend, to buy most
	NextPurchase *NextPurchase     `json:"next_purchase"` // what p_next said
	Coverage     *ForecastCoverage `json:"coverage"`
}

// TestedSplit is a day, what was foretold of the days after it, and what came.
type TestedSplit struct {
	Origin    string       `json:"origin"` // the last day that was known
	Until     string       `json:"until"`  // the last day that was foretold
	Customers int64        `json:"customers"`
	Expected  float64      `json:"expected_purchases"`
	Purchases float64      `json:"purchases"`
	MAE       float64      `json:"mae"`       // mean |expected - purchases| of a customer
	RMSE      float64      `json:"rmse"`      // root of the mean square of the same
	Skill     number.Float `json:"skill"`     // 1 - (RMSE over that of the better naive rule)^2
	LogScore  float64      `json:"log_score"` // mean ln P(purchases)
	Gini      number.Float `json:"gini"`      // normalised: 1 for the true order of customers
	Spearman  number.Float `json:"spearman"`
	// ExpectedMoney and Money are null where spend had no model.
	ExpectedMoney *float64 `json:"expected_money"`
	Money         *float64 `json:"money"`
}

// TrackedPeriod is some days of the shop: the repeat purchases of the customers who were
// known on the day of the split, and what the models expect of customers with such first
// days. Sums from the first row on are the cumulative ones.
type TrackedPeriod struct {
	From      string  `json:"from"`
	Until     string  `json:"until"`
	Days      int32   `json:"days"`
	Foretold  bool    `json:"foretold"` // it lies after the day of the split
	Expected  float64 `json:"expected_purchases"`
	Purchases float64 `json:"purchases"`
}

// RepeatForecast is the customers with so many repeat purchase days until the split.
type RepeatForecast struct {
	Repeats   int32   `json:"repeats"`
	Customers int64   `json:"customers"`
	Expected  float64 `json:"expected_purchases"` // of all of them together
	Purchases float64 `json:"purchases"`
}

// ForecastDecile is a tenth of the customers.
type ForecastDecile struct {
	Customers     float64  `json:"customers"` // a tenth may end with a part of a customer
	Expected      float64  `json:"expected_purchases"`
	Purchases     float64  `json:"purchases"`
	ExpectedMoney *float64 `json:"expected_money"` // null where spend had no model
	Money         *float64 `json:"money"`
}

// NextPurchase is how sure the models were that customers would buy within some days, and
// how many of them did.
type NextPurchase struct {
	Days int32            `json:"days"` // 91, or those of the split where it has fewer
	Bins []ReliabilityBin `json:"bins"` // those with customers
}

// ReliabilityBin is the customers of whom a chance from Low to High was said.
type ReliabilityBin struct {
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Customers int64   `json:"customers"`
	Said      float64 `json:"said"`   // mean chance
	Bought    float64 `json:"bought"` // share who did
}

// ForecastCoverage is how often a customer's number of purchases lay in the interval that
// should hold Level of them.
type ForecastCoverage struct {
	Level float64 `json:"level"`
	// Raw is the share that lay in it. As counts are whole, an interval holds more than its
	// level even where the models are true.
	Raw float64 `json:"raw"`
	// TieSplit counts the last count of each interval by the part that the level needs: it is
	// Level where the models are true.
	TieSplit float64 `json:"tie_split"`
}

// RepeatCount is how many customers have so many repeat purchase days.
type RepeatCount struct {
	Repeats   int32 `json:"repeats"`
	Customers int64 `json:"customers"`
	// Expected is how many the night's models expect of customers with such first days; null
	// where there is no model that says.
	Expected number.Float `json:"expected"`
}

// Histogram counts values by size.
type Histogram struct {
	Values int64   `json:"values"`
	Mean   float64 `json:"mean"`
	Median float64 `json:"median"`
	Bins   []Bin   `json:"bins"` // one behind the other, empty ones too
}

// Bin is the values from From on and below To; the last bin has no To.
type Bin struct {
	From  float64  `json:"from"`
	To    *float64 `json:"to"`
	Count int64    `json:"count"`
	// Expected is how many a model expects; null where none does.
	Expected number.Float `json:"expected"`
}

// GridCell is the customers with one score of recency and one of frequency.
type GridCell struct {
	R            int8         `json:"r"`
	F            int8         `json:"f"`
	Customers    int64        `json:"customers"`
	Monetary     money.Amount `json:"monetary"` // sum of theirs
	MeanMonetary money.Amount `json:"mean_monetary"`
	FutureValue  money.Amount `json:"future_value"` // sum of theirs; 0 without a lifetime model
}

// ReadEvidence reads evidence.json. Errors are those of [Publication.OpenFile]; it wraps
// fs.ErrNotExist for a publication of a version that wrote none.
func (p *Publication) ReadEvidence() (*Evidence, error) {
	var e Evidence
	if err := p.readJSON(EvidenceFile, &e); err != nil {
		return nil, err
	}
	if err := e.Tested.validate(p.AsOf); err != nil {
		return nil, p.Damaged(EvidenceFile, err)
	}
	return &e, nil
}

// validate reports what no night writes: the next night hands it on.
func (t *Tested) validate(night string) error {
	if t == nil {
		return nil
	}
	for name, day := range map[string]string{"on": t.On, "from": t.From, "until": t.Until} {
		if _, err := calendar.Parse(day); err != nil {
			return fmt.Errorf("tested.%s is no day", name)
		}
	}
	if t.On > night || t.Until > t.On || t.From > t.Until { // days of one form are in order as text
		return fmt.Errorf("tested: its days from %s to %s, by what was known on %s, are not in order up to the night itself", t.From, t.Until, t.On)
	}
	return nil
}
