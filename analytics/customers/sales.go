package customers

import (
	"cmp"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/internal/money"
)

// Sales are what customers bought on each of a Table's Days, as it was bought, and what came
// back of it. What came back whole is no purchase, and in neither.
type Sales struct {
	// Plain is what was bought on each of Days, at no more than its list price; Premium is
	// what was paid above it. Premium is nil where no source has list prices.
	Plain   money.List
	Premium *money.List
	// Orders are those of each of Days. Nil unless asked for.
	Orders []int32

	// Back are the days on which a customer's money was less than what was bought: those of
	// customer i are the entries BackStart[i] to BackStart[i+1], ascending.
	BackStart []int64
	BackDay   []int32
	Back      money.List

	// New is what of Plain was of categories that the customer had not bought on a day
	// before: NewAt are the places among Days, ascending. Days that are not there have none,
	// and the first day of a customer is not there. Empty unless asked for.
	NewAt []int64
	New   []money.Amount

	fresh []freshThing // while rows are read: what becomes New
}

// freshThing is what was spent on things that were new on a day.
type freshThing struct {
	at    int64
	spent money.Amount
}

func newSales(hasListPrice, orders bool) *Sales {
	s := &Sales{BackStart: []int64{0}}
	if hasListPrice {
		s.Premium = &money.List{}
	}
	if orders {
		s.Orders = []int32{}
	}
	return s
}

// reserve makes room for so many purchase days.
func (s *Sales) reserve(days int) {
	s.Plain.Grow(days)
	if s.Orders != nil {
		s.Orders = slices.Grow(s.Orders, days)
	}
	if s.Premium != nil {
		s.Premium.Grow(days)
	}
}

// fit gives back the room that is left.
func (s *Sales) fit() {
	s.Plain.Fit()
	fit(&s.Orders)
	if s.Premium != nil {
		s.Premium.Fit()
	}
}

// keep appends the days of a customer, which are in order.
func (s *Sales) keep(done []dayDone) {
	for i := range done {
		d := &done[i]
		if d.orders > 0 {
			s.Plain.Append(d.bought.Minus(d.premium))
			if s.Orders != nil {
				s.Orders = append(s.Orders, d.orders)
			}
			if s.Premium != nil {
				s.Premium.Append(d.premium)
			}
		}
		if back := d.bought.Minus(d.net); back != (money.Amount{}) {
			s.BackDay = append(s.BackDay, d.day)
			s.Back.Append(back)
		}
	}
	s.BackStart = append(s.BackStart, int64(len(s.BackDay)))
}

// takeNewThings reads rows of new_thing.sql. The day of an order is that of its first line:
// a line after midnight counts on the purchase day before it.
func (in *reader) takeNewThings(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	ids := engine.Take[*array.String](c, "customer")
	days, spent := engine.Take[*array.Date32](c, "day"), engine.Take[*array.Decimal128](c, "spent")
	if c.Err != nil {
		return c.Err
	}
	t := in.table
	for row := range ids.Len() {
		i, known := t.row(ids.Value(row))
		if !known {
			continue // a customer of whom nothing is left
		}
		from, day := t.DayStart[i], int32(days.Value(row))
		k, on := slices.BinarySearch(t.Days[from:t.DayStart[i+1]], day)
		if !on {
			k--
		}
		if k > 0 { // all that is bought on the first day is new
			t.Sales.fresh = append(t.Sales.fresh, freshThing{from + int64(k), money.Of(spent.Value(row))})
		}
	}
	return nil
}

// row is the place of a customer, once all are read.
func (t *Table) row(id string) (int, bool) {
	if t.rows == nil {
		t.rows = make(map[string]int32, len(t.ID))
		for i, id := range t.ID {
			t.rows[id] = int32(i)
		}
	}
	i, known := t.rows[id]
	return int(i), known
}

// finish puts what was new in order of days.
func (s *Sales) finish() {
	if s == nil {
		return
	}
	slices.SortFunc(s.fresh, func(a, b freshThing) int { return cmp.Compare(a.at, b.at) })
	for _, f := range s.fresh {
		if n := len(s.NewAt); n > 0 && s.NewAt[n-1] == f.at {
			s.New[n-1] = s.New[n-1].Plus(f.spent)
			continue
		}
		s.NewAt, s.New = append(s.NewAt, f.at), append(s.New, f.spent)
	}
	s.fresh = nil
}

// Bought is what was bought on one of Days.
func (s *Sales) Bought(day int64) money.Amount {
	bought := s.Plain.At(int(day))
	if s.Premium != nil {
		bought = bought.Plus(s.Premium.At(int(day)))
	}
	return bought
}
