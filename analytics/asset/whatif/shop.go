package whatif

import (
	"errors"
	"fmt"
	"math"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/revaluation"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Errors of a publication by which nothing can be asked.
var (
	// ErrNoModel says that the night has no lifetime values.
	ErrNoModel = errors.New("it has no model of lifetime value, so that what would become of customers cannot be said; run a night with clv on, of more customers or a longer history")
	// ErrNotReadable says that a version of the program made it whose settings or values this
	// one does not know.
	ErrNotReadable = errors.New("its values cannot be worked out again from what it keeps; run the night again with this version (costs.per_order needs customers.parquet, too)")
)

// NoModelError is ErrNoModel with what the night said of it.
type NoModelError struct{ Refused string }

// Error implements error.
func (e *NoModelError) Error() string {
	if e.Refused == "" {
		return ErrNoModel.Error()
	}
	return ErrNoModel.Error() + " (" + e.Refused + ")"
}

// Unwrap is ErrNoModel.
func (e *NoModelError) Unwrap() error { return ErrNoModel }

// Shop is a publication whose customers can be valued under other behaviour and prices.
type Shop struct {
	published *publication.Publication
	night     *revaluation.Night
	workers   int

	all       []int // places of all customers
	ids       []string
	panel     clv.Panel
	baskets   clv.Baskets
	spent     clv.Spent
	won       []bool       // in the last year
	acquired  []float64    // what winning each cost
	equity    money.Amount // as published
	low, high money.Amount
	level     publication.Level
	spendFit  [][]float64 // covariance of the parameters of spend

	retentions map[retentionAsked]float64 // those worked out so far
	answers    map[asked]*answer
}

// Open reads what a publication is valued by, and values it as a check: the error wraps
// ErrNoModel or ErrNotReadable where it cannot be, and is a [publication.Damage] where a file
// is not as it was published.
func Open(p *publication.Publication, workers int) (*Shop, error) {
	n, err := revaluation.Open(p)
	if err != nil {
		return nil, err
	}
	switch {
	case n.Job == nil:
		return nil, ErrNotReadable
	case n.Blend == nil || p.Equity == nil:
		e := &NoModelError{}
		if n.Model != nil {
			e.Refused = n.Model.Refused
		}
		return nil, e
	case !n.Known:
		return nil, ErrNotReadable
	}
	s := &Shop{published: p, night: n, workers: workers, equity: p.Equity.Value, low: p.Equity.Low, high: p.Equity.High, retentions: map[retentionAsked]float64{}, answers: map[asked]*answer{}}
	if n.Model.Stacking != nil {
		s.level = n.Model.Stacking.At(n.Day).Level
	}
	if n.Model.Spend != nil {
		if s.spendFit, err = n.Model.Spend.ParamCovariance(); err != nil {
			return nil, p.Damaged(publication.ModelFile, err)
		}
	}
	return s, s.readCustomers()
}

// Job has the settings of the night.
func (s *Shop) Job() *job.Job { return s.night.Job }

// readCustomers reads what is remembered of customers, and values them.
func (s *Shop) readCustomers() error {
	state, err := s.published.ReadStateColumns(column.FirstDay, column.LastDay, column.Orders, column.Net, column.Returns,
		column.PurchaseDays, column.ExpectedSpend, column.FutureValue, column.Acquisition)
	if err != nil {
		return err
	}
	spend, future := state.Numbers(column.ExpectedSpend), state.Numbers(column.FutureValue)
	if spend == nil || future == nil || state.Counts(column.PurchaseDays) == nil {
		return ErrNotReadable
	}
	histories := make([]revaluation.History, state.Len())
	of := make([]clv.SpendHistory, state.Len())
	s.baskets.Spend, s.baskets.Orders = spend, make([]float64, len(spend))
	own := state.Amounts(column.Acquisition) // where it differs
	lastYear := s.night.Day - calendar.Day(math.Round(yearDays))
	for i := range histories {
		h := revaluation.HistoryIn(state, i)
		histories[i], of[i] = h, s.spendHistory(h, spend[i])
		s.baskets.Orders[i] = s.night.Basket(s.night, h, spend[i]).Orders
		s.won = append(s.won, h.First > lastYear)
		each := s.night.Rules.Prices.Acquisition
		if own != nil {
			each = own[i].Float()
		}
		s.acquired = append(s.acquired, each)
		s.all = append(s.all, i)
	}
	s.ids, s.spent = state.ID, clv.SpentOf(of)
	s.panel = revaluation.Panel(s.night.Rules, histories, s.night.Day)
	if found := s.scenario().value(s.all); found != s.equity {
		return fmt.Errorf("%w (customer equity comes to %s, published is %s)", ErrNotReadable, found, s.equity)
	}
	return nil
}

// yearDays is the length of a year.
var yearDays = job.Year.Days()

// spendHistory is how many purchases of a customer brought money and how much, as far as what
// the night expected of the next tells.
func (s *Shop) spendHistory(h revaluation.History, expected float64) clv.SpendHistory {
	if s.night.Spend != nil {
		if of, found := s.night.PaidHistory(h, expected); found {
			return of
		}
	}
	repeats := float64(h.PurchaseDays - 1)
	mean := max(0, h.Net.Float()/float64(h.PurchaseDays))
	return clv.SpendHistory{First: mean, Paid: repeats, Mean: mean, Repeats: repeats}
}
