package segment

import (
	"errors"
	"fmt"
)

// ErrStageRules marks thresholds that no test can work with.
var ErrStageRules = errors.New("segment: bad stage rules")

// StageRules holds the thresholds of the lifecycle stages. A field left at
// zero takes its default.
type StageRules struct {
	// FormationDays is the number of purchase days that ends the exploration
	// stage. Default 3.
	FormationDays int
	// StabilityDays is the number of purchase days that stability needs.
	// Default 6.
	StabilityDays int
	// StabilityTenureDays is the length of the relationship, in days, that
	// stability needs. Default 180.
	StabilityTenureDays float64
	// SpendCV is the largest coefficient of variation of spend per purchase
	// day that still counts as steady. Default 0.8.
	SpendCV float64
	// Alpha is the p-value at or below which a decline is declared, the
	// tolerated share of false alarms per look. Default 0.05.
	Alpha float64
	// WatchAlpha is the p-value at or below which a customer is watched.
	// Default 0.10; never below Alpha.
	WatchAlpha float64
	// ReturnDays and ReturnRatio apply to one-time buyers, most of whom may
	// never come back: a decline is declared when the chance of a return within
	// ReturnDays has fallen to the share ReturnRatio of what it was on the day
	// of the purchase. Defaults 365 and 0.2.
	ReturnDays, ReturnRatio float64
	// LostSilenceDays is the silence, in days, before which nobody is lost by
	// silence alone. Default 365.
	LostSilenceDays float64
	// LostPAlive is the P(alive) below which an overdue customer is lost.
	// Default 0.1.
	LostPAlive float64
}

// DefaultStageRules returns the defaults named at the fields of StageRules.
func DefaultStageRules() StageRules { return StageRules{}.withDefaults() }

func (r StageRules) withDefaults() StageRules {
	orInt(&r.FormationDays, 3)
	orInt(&r.StabilityDays, 6)
	orFloat(&r.StabilityTenureDays, 180)
	orFloat(&r.SpendCV, 0.8)
	orFloat(&r.Alpha, 0.05)
	orFloat(&r.WatchAlpha, max(0.10, r.Alpha))
	orFloat(&r.ReturnDays, 365)
	orFloat(&r.ReturnRatio, 0.2)
	orFloat(&r.LostSilenceDays, 365)
	orFloat(&r.LostPAlive, 0.1)
	return r
}

// Validate reports the first threshold out of its range. The error wraps
// ErrStageRules.
func (r StageRules) Validate() error {
	r = r.withDefaults()
	shares := []struct {
		name  string
		value float64
	}{
		{"alpha", r.Alpha},
		{"watch alpha", r.WatchAlpha},
		{"return ratio", r.ReturnRatio},
		{"lost p(alive)", r.LostPAlive},
	}
	for _, s := range shares {
		if !(s.value > 0 && s.value < 1) {
			return fmt.Errorf("%w: %s is %v, want it between 0 and 1", ErrStageRules, s.name, s.value)
		}
	}
	if r.WatchAlpha < r.Alpha {
		return fmt.Errorf("%w: watch alpha %v is below alpha %v, want the reverse", ErrStageRules, r.WatchAlpha, r.Alpha)
	}
	if r.FormationDays < 1 || r.StabilityDays < r.FormationDays {
		return fmt.Errorf("%w: formation at %d and stability at %d purchase days, want 1 or more and rising", ErrStageRules, r.FormationDays, r.StabilityDays)
	}
	if !(r.StabilityTenureDays >= 0 && r.SpendCV >= 0 && r.ReturnDays > 0 && r.LostSilenceDays >= 0) {
		return fmt.Errorf("%w: stability tenure %v days, spend cv %v, return within %v days, lost after %v days, want none negative",
			ErrStageRules, r.StabilityTenureDays, r.SpendCV, r.ReturnDays, r.LostSilenceDays)
	}
	return nil
}

func orInt(v *int, def int) {
	if *v == 0 {
		*v = def
	}
}

func orFloat(v *float64, def float64) {
	if *v == 0 {
		*v = def
	}
}
