package publication

import (
	"clientele/internal/money"
	"clientele/internal/number"
	"clientele/segment/quality"
)

// Group is a set of customers who share a segment, a tier, a stage or a level of the
// pyramid: a row of segments.csv.
type Group struct {
	Kind      string `json:"kind"`  // rfm, tier, stage or pyramid
	Name      string `json:"name"`  // empty: members of no tier
	Label     string `json:"label"` // Name in the job's language
	Customers int64  `json:"customers"`
	// Share is of all customers, 0 to 1.
	Share   float64      `json:"share"`
	Orders  int64        `json:"orders"`
	Revenue money.Amount `json:"revenue"` // net spend over the whole history
	// PastValue and FutureValue are sums over the customers, 0 where clv is off.
	PastValue   money.Amount `json:"past_value"`
	FutureValue money.Amount `json:"future_value"`
	// EquityShare is the share of customer equity, 0 to 1.
	EquityShare float64 `json:"equity_share"`
	// Quality tells whether the group is worth having; null for kinds that are not
	// judged.
	Quality *Quality `json:"quality"`
}

// Quality tells whether a group is worth having: five questions, each with its numbers
// and a verdict, pass, warn or fail. A number that is not known is null, and a verdict
// that rests on it is an empty text.
type Quality struct {
	Silhouette number.Float    `json:"distinct_silhouette"`
	EtaSquared number.Float    `json:"distinct_eta2"` // of next-period spend, over all groups of the kind
	Days       *int64          `json:"distinct_days"` // of next-period spend
	Distinct   quality.Verdict `json:"distinct"`

	AdjustedRand number.Float    `json:"stable_ari"` // of all groups of the kind, since the previous publication
	Jaccard      number.Float    `json:"stable_jaccard"`
	Moved        number.Float    `json:"stable_moved"` // share of its customers then who did nothing since and are elsewhere now
	Stable       quality.Verdict `json:"stable"`

	Rule       string          `json:"rule"` // in words
	Measurable quality.Verdict `json:"measurable"`

	ReachableShare number.Float    `json:"reachable_share"` // share of its customers with a channel
	Reachable      quality.Verdict `json:"reachable"`

	MeanValue   number.Float    `json:"substantial_value"`  // past and future, per customer
	Margin      number.Float    `json:"substantial_margin"` // past value over revenue
	Substantial quality.Verdict `json:"substantial"`
}

// Concentration is how unevenly value is spread over customers. Value below zero counts
// as nothing, and apart.
type Concentration struct {
	Value string `json:"value"` // clv, net, future_value or past_value
	quality.Concentration
}

// Drift is how far tonight's scores have moved from those of the night that
// their cut points were fitted in, and who moved without doing anything.
type Drift struct {
	FittedOn string        `json:"fitted_on"`
	R        quality.Drift `json:"r"`
	F        quality.Drift `json:"f"`
	M        quality.Drift `json:"m"`
	Moved    *Moved        `json:"moved"` // null: no earlier night to compare with
}

// Moved counts customers whose score or segment is another than on the night
// before, although their orders and money are the same. Time moves r alone,
// while the cut points stay; a refit may move all.
type Moved struct {
	Since     string `json:"since"`
	Unchanged int64  `json:"unchanged"` // customers without a transaction since then
	R         int64  `json:"r"`
	F         int64  `json:"f"`
	M         int64  `json:"m"`
	Segment   int64  `json:"segment"`
}
