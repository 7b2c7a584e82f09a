package lifecycle

import (
	"cmp"
	"errors"
	"fmt"
)

// ErrRules marks thresholds out of their range.
var ErrRules = errors.New("lifecycle: bad rules")

// Rules are the thresholds of the lifecycle stages. A field that is 0 takes its default.
// Some defaults depend on the shop's own rhythm: they are multiples of its median gap.
type Rules struct {
	// FormationDays is the number of purchase days that ends the exploration
	// stage. Default 3.
	FormationDays int
	// StabilityDays is the number of purchase days since the last return that
	// stability needs. Default 6.
	StabilityDays int
	// StabilitySpanDays is the time, in days, from the first to the last of them
	// that stability needs. Default 4 median gaps, at least 28 days.
	StabilitySpanDays float64
	// SpendCV is the largest coefficient of variation of spend per purchase
	// day that still counts as steady. Default 0.8.
	SpendCV float64
	// Momentum is the momentum below which a customer is in decline, unless FalseShare
	// forbids it. Default 0.3.
	Momentum float64
	// Watch is the momentum below which a customer is watched, and from which on a decline
	// is over. Default 0.5; never below Momentum.
	Watch float64
	// FalseShare is the share of the customers in decline who may, in expectation, go on as
	// before. Default 0.10.
	FalseShare float64
	// ReturnDays is the time, in days, for which the return of buyers of one purchase is
	// forecast. Default 365.
	ReturnDays float64
	// LostSilenceDays is the shortest silence, in days, after which a customer can be lost
	// by silence alone. Default 12 median gaps, at least 90 days.
	LostSilenceDays float64
	// LostPAlive is the P(alive) below which a customer in decline is lost.
	// Default 0.1.
	LostPAlive float64
}

// WithDefaults are the rules with all defaults filled in, for a shop with this median gap.
func (r Rules) WithDefaults(medianGap float64) Rules {
	r.FormationDays = cmp.Or(r.FormationDays, 3)
	r.StabilityDays = cmp.Or(r.StabilityDays, max(6, r.FormationDays))
	r.StabilitySpanDays = cmp.Or(r.StabilitySpanDays, max(28, 4*medianGap))
	r.SpendCV = cmp.Or(r.SpendCV, 0.8)
	r.Momentum = cmp.Or(r.Momentum, 0.3)
	r.Watch = cmp.Or(r.Watch, max(0.5, r.Momentum))
	r.FalseShare = cmp.Or(r.FalseShare, 0.10)
	r.ReturnDays = cmp.Or(r.ReturnDays, 365)
	r.LostSilenceDays = cmp.Or(r.LostSilenceDays, max(90, 12*medianGap))
	r.LostPAlive = cmp.Or(r.LostPAlive, 0.1)
	return r
}

// Validate reports the first threshold out of its range. The error wraps
// ErrRules.
func (r Rules) Validate() error {
	r = r.WithDefaults(0)
	shares := []struct {
		name  string
		value float64
	}{
		{"momentum", r.Momentum},
		{"watch", r.Watch},
		{"false share", r.FalseShare},
		{"lost p(alive)", r.LostPAlive},
	}
	for _, s := range shares {
		if !(s.value > 0 && s.value < 1) {
			return fmt.Errorf("%w: %s is %v, want it between 0 and 1", ErrRules, s.name, s.value)
		}
	}
	if r.Watch < r.Momentum {
		return fmt.Errorf("%w: watch %v is below momentum %v, want the reverse", ErrRules, r.Watch, r.Momentum)
	}
	if r.FormationDays < 1 || r.StabilityDays < r.FormationDays {
		return fmt.Errorf("%w: formation at %d and stability at %d purchase days, want 1 or more and rising", ErrRules, r.FormationDays, r.StabilityDays)
	}
	if !(r.StabilitySpanDays >= 0 && r.SpendCV >= 0 && r.ReturnDays > 0 && r.LostSilenceDays >= 0) {
		return fmt.Errorf("%w: stability span %v days, spend cv %v, return within %v days, lost after %v days, want none negative",
			ErrRules, r.StabilitySpanDays, r.SpendCV, r.ReturnDays, r.LostSilenceDays)
	}
	return nil
}
