package publication

import "clientele/internal/money"

// Revenue is where the revenue of all customers comes from, over the whole history.
type Revenue struct {
	Initial      money.Amount `json:"initial"`
	Repeat       money.Amount `json:"repeat"`
	Incremental  money.Amount `json:"incremental"`
	Cross        money.Amount `json:"cross"`
	Referral     money.Amount `json:"referral"`
	PricePremium money.Amount `json:"price_premium"`
	Returned     money.Amount `json:"returned"` // what came back: taken off
	// Net is bought less returned: with the money of ReturnsOnly and of those who returned
	// all, it is the money used.
	Net money.Amount `json:"net"`
	// Keeping is what keeping a customer costs beside winning one; not there unless the job
	// says what both cost.
	Keeping *Keeping `json:"keeping,omitempty"`
}

// Keeping is what it costs to win a customer beside what it costs to keep and serve one for a
// year. Won are those of the last year; kept are those who were won before it and bought in it.
type Keeping struct {
	From string `json:"from"` // first day of the year, which ends with the night
	Won  int64  `json:"won"`
	Kept int64  `json:"kept"`
	// Winning is what one of those won cost; not there if nobody was won.
	Winning *money.Amount `json:"winning"`
	// Serving is what one of those kept cost in the year; not there if nobody was kept.
	Serving *money.Amount `json:"serving"`
	// Ratio is Winning over Serving; not there without both.
	Ratio *float64 `json:"ratio"`
	// Saved is what it would have cost to win as many as were kept, less what keeping them
	// cost; not there without both.
	Saved *money.Amount `json:"saved"`
}
