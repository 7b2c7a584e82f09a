package segment

import (
	"errors"
	"fmt"
	"math"
)

// ErrHistory marks purchase histories that contradict themselves.
var ErrHistory = errors.New("segment: bad history")

// History is what the lifecycle stages need to know of each customer: columns
// of equal length, one entry per customer. Days are whole calendar days. The
// purchase days of a customer are t_1 < t_2 < … < t_n, the night's date is A.
type History struct {
	// PurchaseDays is n, the number of distinct purchase days, at least 1.
	PurchaseDays []int32
	// TenureDays is T = A − t_1.
	TenureDays []int32
	// ActiveDays is S = t_n − t_1.
	ActiveDays []int32
	// SilenceDays is c = A − t_n, so that T = S + c.
	SilenceDays []int32
	// FirstGapDays is t_2 − t_1, or 0 when n < 2.
	FirstGapDays []int32
	// SecondGapDays is t_3 − t_2, or 0 when n < 3.
	SecondGapDays []int32
	// SumSquaredGaps is Σ_{i≥2} (t_i − t_{i−1})² in days², or 0 when n < 2.
	SumSquaredGaps []float64
	// SumRepeatDays is Σ_{i≥2} (t_i − t_1) in days, or 0 when n < 2: when the
	// repeat purchases lie, on the whole, which is all that a trend test needs.
	SumRepeatDays []float64
	// SpendMean is the mean spend per purchase day.
	SpendMean []float64
	// SpendSD is the sample standard deviation of spend per purchase day, or 0
	// when n < 2.
	SpendSD []float64
	// PAlive is the probability that the customer is still active, from a
	// lifetime model. Nil when no model ran; NaN where it has no opinion.
	PAlive []float64
}

// Len is the number of customers.
func (h *History) Len() int { return len(h.PurchaseDays) }

// Validate reports the first column of wrong length or the first customer
// whose numbers cannot all be true. The error wraps ErrHistory.
func (h *History) Validate() error {
	if err := h.validateLengths(); err != nil {
		return err
	}
	for i := range h.PurchaseDays {
		if text := h.contradiction(i); text != "" {
			return fmt.Errorf("%w: customer at index %d: %s", ErrHistory, i, text)
		}
	}
	return nil
}

func (h *History) validateLengths() error {
	n := h.Len()
	columns := []struct {
		name string
		len  int
	}{
		{"tenure days", len(h.TenureDays)},
		{"active days", len(h.ActiveDays)},
		{"silence days", len(h.SilenceDays)},
		{"first gap days", len(h.FirstGapDays)},
		{"second gap days", len(h.SecondGapDays)},
		{"sum of squared gaps", len(h.SumSquaredGaps)},
		{"sum of repeat days", len(h.SumRepeatDays)},
		{"spend mean", len(h.SpendMean)},
		{"spend sd", len(h.SpendSD)},
	}
	for _, c := range columns {
		if c.len != n {
			return fmt.Errorf("%w: column %s has %d entries, want %d like purchase days", ErrHistory, c.name, c.len, n)
		}
	}
	if h.PAlive != nil && len(h.PAlive) != n {
		return fmt.Errorf("%w: column p(alive) has %d entries, want %d like purchase days, or none", ErrHistory, len(h.PAlive), n)
	}
	return nil
}

// contradiction says what is wrong with customer i, or nothing.
func (h *History) contradiction(i int) string {
	n, s, c := h.PurchaseDays[i], h.ActiveDays[i], h.SilenceDays[i]
	switch {
	case n < 1:
		return fmt.Sprintf("%d purchase days, want at least 1", n)
	case c < 0:
		return fmt.Sprintf("last purchase %d days after the night's date, want on or before it", -int64(c))
	case int64(h.TenureDays[i]) != int64(s)+int64(c):
		return fmt.Sprintf("tenure of %d days, want active %d + silent %d", h.TenureDays[i], s, c)
	case n == 1 && s != 0:
		return fmt.Sprintf("one purchase day but %d active days, want 0", s)
	case s < n-1:
		return fmt.Sprintf("%d purchase days within %d active days, want distinct days", n, s)
	case n >= 2 && h.FirstGapDays[i] < 1, n >= 3 && h.SecondGapDays[i] < 1:
		return fmt.Sprintf("first two gaps of %d and %d days, want at least 1", h.FirstGapDays[i], h.SecondGapDays[i])
	case !finite(h.SumSquaredGaps[i]), !finite(h.SumRepeatDays[i]), !finite(h.SpendMean[i]), !finite(h.SpendSD[i]):
		return "a sum of gaps or a spend is not a finite number"
	}
	return ""
}

// pAlive is P(alive) of customer i, NaN when no model ran.
func (h *History) pAlive(i int) float64 {
	if len(h.PAlive) == 0 {
		return math.NaN()
	}
	return h.PAlive[i]
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
