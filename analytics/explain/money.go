package explain

import (
	"clientele/internal/money"
)

// Line is one line of a ledger.
type Line struct {
	What   string       `json:"what"`
	Amount money.Amount `json:"amount"`
	// Count and Each are what the amount is made of, where it is; Share is a share of it.
	Count float64 `json:"count,omitempty"`
	Each  float64 `json:"each,omitempty"`
	Share float64 `json:"share,omitempty"`
}

// Ledger is lines that add up to a total, to the last place.
type Ledger struct {
	Lines []Line       `json:"lines"`
	Total money.Amount `json:"total"`
}

// ledger adds lines up. Each amount is the step from one rounded subtotal to the next, so
// that the amounts add up to the rounded total whatever they are.
type ledger struct {
	Ledger
	sum float64 // unrounded
}

func newLedger() ledger { return ledger{Ledger: Ledger{Lines: []Line{}}} }

// add adds a line with an amount; one of 0 is left out.
func (l *ledger) add(line Line, amount float64) {
	l.sum += amount
	line.Amount = money.FromFloat(money.Round(l.sum)).Minus(l.Total)
	l.Total = l.Total.Plus(line.Amount)
	if line.Amount != (money.Amount{}) {
		l.Lines = append(l.Lines, line)
	}
}

// close ends at the total that is published: what the lines do not come to is a line of
// its own.
func (l *ledger) close(total money.Amount, rest string) *Ledger {
	if missing := total.Minus(l.Total); missing != (money.Amount{}) {
		l.Lines = append(l.Lines, Line{What: rest, Amount: missing})
		l.Total = total
	}
	return &l.Ledger
}

func isZero(a money.Amount) bool { return a == money.Amount{} }
