package segment

import (
	"errors"
	"fmt"
)

// ErrStageRules marks thresholds that no test can work with.
var ErrStageRules = errors.New("segment: bad stage rules")

// StageRules holds the thresholds of the lifecycle stages. A field left at
// zero takes its default; those in median gaps are of the shop's own rhythm.
type StageRules struct {
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
	// Alpha is the share of customers who go on as before that may be called in
	// decline on any night of a year. Default 0.05.
	Alpha float64
	// WatchAlpha is the same for being watched, and beyond which a decline no more
	// stands. Default 0.20; never below Alpha.
	WatchAlpha float64
	// FalseDiscoveries is the share of customers who go on as before that may be
	// among those called in decline on one night. Default 0.10.
	FalseDiscoveries float64
	// Size is the share of the former rate, or spend, above which no fall counts
	// as a decline. Default 0.7.
	Size float64
	// ReturnDays is within which time a return of one-time buyers is foretold.
	// Default 365.
	ReturnDays float64
	// LostSilenceDays is the silence, in days, before which nobody is lost by
	// silence alone. Default 12 median gaps, at least 90 days.
	LostSilenceDays float64
	// LostPAlive is the P(alive) below which a customer in decline is lost.
	// Default 0.1.
	LostPAlive float64
}

// WithDefaults are the rules with all defaults filled in, for a shop with a
// rhythm.
func (r StageRules) WithDefaults(rhythm Rhythm) StageRules {
	orInt(&r.FormationDays, 3)
	orInt(&r.StabilityDays, max(6, r.FormationDays))
	orFloat(&r.StabilitySpanDays, max(28, 4*rhythm.MedianGap))
	orFloat(&r.SpendCV, 0.8)
	orFloat(&r.Alpha, 0.05)
	orFloat(&r.WatchAlpha, max(0.20, r.Alpha))
	orFloat(&r.FalseDiscoveries, 0.10)
	orFloat(&r.Size, 0.7)
	orFloat(&r.ReturnDays, 365)
	orFloat(&r.LostSilenceDays, max(90, 12*rhythm.MedianGap))
	orFloat(&r.LostPAlive, 0.1)
	return r
}

// Validate reports the first threshold out of its range. The error wraps
// ErrStageRules.
func (r StageRules) Validate() error {
	r = r.WithDefaults(Rhythm{})
	shares := []struct {
		name  string
		value float64
	}{
		{"alpha", r.Alpha},
		{"watch alpha", r.WatchAlpha},
		{"false discoveries", r.FalseDiscoveries},
		{"size", r.Size},
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
	if !(r.StabilitySpanDays >= 0 && r.SpendCV >= 0 && r.ReturnDays > 0 && r.LostSilenceDays >= 0) {
		return fmt.Errorf("%w: stability span %v days, spend cv %v, return within %v days, lost after %v days, want none negative",
			ErrStageRules, r.StabilitySpanDays, r.SpendCV, r.ReturnDays, r.LostSilenceDays)
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
