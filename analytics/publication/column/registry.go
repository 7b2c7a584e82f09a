package column

import "slices"

// Customers are the columns of customers.parquet and customers.csv, in their order.
// Mapped attributes follow, under the names that the job file gives them.
var Customers = []*Column{
	Rank, CustomerID, FirstDay, LastDay, Orders, PurchaseDays, RecencyDays,
	Frequency, Monetary, R, F, M, RFM, Segment, RFMScore,
	X, TX, T, PAlive, PNext, ExpectedPurchases, ExpectedSpend, PastValue, FutureValue, FutureLow, FutureHigh, CLV, Level, ReferralValue, ReferralCredit, ReferredCustomers,
	Tier, TierSince, TierUntil, TierStatus, TierReason,
	LifecycleStage, StageSince, Momentum, Decline, DeclineFrom, ValueAtRisk, LostInterest, Reasons,
	DeclineOnset, RateBefore, RateAfter, Declines, Reactivations, ReactivatedSince,
	Sources, Contactable,
}

// State are the columns of state.parquet, in their order: what the next night needs to
// know of each customer. A column that is added is Later, or nights before it cannot
// be followed.
var State = []*Column{
	CustomerID, FirstDay, LastDay, Orders, Net, Returns,
	Frequency, Monetary, R, F, M, RFM, Segment, RFMScore,
	PAlive, FutureValue, CLV, ExpectedSpend, Acquisition,
	Tier, TierSince, TierUntil, TierStatus,
	TierOwn, TierOwnSince, TierOwnUntil, TierTermsFrom, TierGrace, TierPin, TierPinSince, TierPinUntil, TierWhy, TierRests,
	LifecycleStage, Decline, FormerRate, PurchaseDays, StageTrace, StageSince, StageBase, Declines, Reactivations, StageFrom,
	AnchorOrders, AnchorNet, AnchorSegment, AnchorTier, AnchorStage,
}

// Metrics are the columns by which tiers may be earned, beside what is counted within
// tiers.window, in the order in which a level looks at them.
var Metrics = []*Column{
	CLV, PastValue, FutureValue, PAlive, ExpectedPurchases,
	R, F, M, Monetary, Frequency, RFMScore,
}

// Named finds a column of a list.
func Named(columns []*Column, name string) (*Column, bool) {
	if i := slices.IndexFunc(columns, func(c *Column) bool { return c.Name == name }); i >= 0 {
		return columns[i], true
	}
	return nil, false
}
