package job

import (
	"time"

	"clientele/segment/quality"
	"clientele/segment/tier"
)

// Defaults is the job that a file gives which sets only what has no default:
// the name and the sources. As_of has none here because it is the clock's.
func Defaults() Job {
	return Job{
		Timezone: "UTC",
		Location: time.UTC,
		RFM: &RFM{
			Bins:     5,
			Method:   "quantile",
			Window:   Span{Word: All},
			Unit:     UnitOrder,
			Monetary: "sum",
			Segments: Segments{Table: "rf-grid"},
			Refit:    RefitMonthly,
		},
		CLV: &CLV{
			Model:         AutoModel,
			Choose:        RefitMonthly,
			Unit:          Week,
			Horizon:       Span{N: 36, Unit: Month},
			DiscountRate:  0.10,
			Margin:        1,
			ReferralShare: 1,
		},
		Stages: &Stages{
			Formation: FormationRule{PurchaseDays: 3},
			Stability: StabilityRule{PurchaseDays: 6, Tenure: Span{Word: Auto}, SpendCV: 0.8},
			Decline:   DeclineRule{Momentum: 0.3, Watch: 0.5, FalseShare: 0.10},
			Lost:      LostRule{Silence: Span{Word: Auto}, PAlive: 0.1},
			Interests: DefaultInterests(),
		},
		Pyramid: &Pyramid{Shares: []float64{0.01, 0.04, 0.15, 0.80}, Value: "clv", Hold: 0.8},
		Quality: quality.DefaultRules(),
		Output:  Output{Dir: "out", Formats: []string{"parquet", "csv"}, Language: "en", CSV: MachineCSV, Rejects: FaultyRejects, RankBy: RankByCLV, Purchases: true, Report: true},
		Engine:  Engine{},
	}
}

// DefaultSource is what a source starts from.
func DefaultSource() Source {
	// One line in a hundred is the damage of an export that can still be
	// believed: more, and it is not what its header says.
	return Source{Encoding: AutoEncoding, Malformed: 0.01, Duplicates: WarnOfDuplicates, Numbers: AutoNumbers, Dates: Dates{AutoDates}}
}

// defaultTiers is what a mapping under tiers starts from; without one there
// are no tiers.
func defaultTiers() *Tiers {
	return &Tiers{
		Window:    Span{N: 12, Unit: Month},
		Term:      Span{N: 12, Unit: Month},
		Grace:     Span{N: 1, Unit: Month},
		Downgrade: tier.OneStep,
		Warn:      Span{N: 30, Unit: Day},
		Apply:     AtReview,
		Start:     StartReplay,
		Returns:   ReturnsKeep,
	}
}

// DefaultInterests is when a customer has lost interest, unless the job says
// otherwise.
func DefaultInterests() InterestRule {
	return InterestRule{Window: Span{N: 24, Unit: Month}, Recent: 0.5, FalseDiscoveries: 0.1, ShareRatio: 0.5}
}
