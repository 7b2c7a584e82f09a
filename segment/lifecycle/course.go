package lifecycle

import (
	"fmt"
	"math"

	"clientele/internal/calendar"
)

// Course is what a panel says of one customer on some nights.
type Course struct {
	// Momentum is that of [Result].
	Momentum []float64
	// Declined is the probability that the customer is one no more, or buys at less than
	// half the former pace; NaN before the second purchase, as there is no pace yet.
	Declined []float64
}

// Course says what the panel would have said of a customer on each night, by the purchases
// until then. Nights are in order and none is before the first purchase. Returns after a
// silence play no part: all purchases count for the customer's habit.
func (t Tracker) Course(panel *Panel, days, nights []calendar.Day) (Course, error) {
	m, err := t.open(panel)
	if err != nil {
		return Course{}, err
	}
	course := Course{Momentum: make([]float64, len(nights)), Declined: make([]float64, len(nights))}
	c, life := customer{model: m}, Life{}
	for i, night := range nights {
		so := upTo(days, night)
		if so == 0 {
			return Course{}, fmt.Errorf("%w: night %d is before the first purchase", ErrPurchases, night)
		}
		c.set(&c.line, days[:so], &life)
		s := c.standing(c.line.at(night), 0)
		course.Momentum[i], course.Declined[i] = s.momentum, math.NaN()
		if so > 1 && !math.IsNaN(s.momentum) {
			course.Declined[i] = 1 - c.unchanged(&s)
		}
	}
	return course, nil
}
