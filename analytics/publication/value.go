package publication

import (
	"clientele/internal/money"
)

// Equity is customer equity: the sum of future_value over all customers.
type Equity struct {
	Value money.Amount `json:"value"`
	Low   money.Amount `json:"low"`  // of its 90% interval
	High  money.Amount `json:"high"` // of its 90% interval
	Width EquityWidth  `json:"width"`
}

// EquityWidth is what makes the interval of customer equity wide: the standard error
// that each reason has alone, as a share of equity (of its logarithm).
type EquityWidth struct {
	Chance     float64 `json:"chance"`     // what customers happen to do
	Parameters float64 `json:"parameters"` // of the models
	Members    float64 `json:"members"`    // how far the models of the blend are apart
	Money      float64 `json:"money"`      // what earlier forecasts of the shop's money missed, over the horizon
}

// Decline counts the customers of one kind of decline, by the stage it began in.
type Decline struct {
	Decline   string `json:"decline"`
	From      string `json:"from"`
	Customers int64  `json:"customers"`
}

// AtRiskTotal is what at_risk.csv comes to.
type AtRiskTotal struct {
	Customers int64        `json:"customers"`
	Value     money.Amount `json:"value"` // at risk
}

// ChurnBands count customers by the risk that they do not buy within 91 days, which is
// 1 - p_next: below a third, above two thirds, and between.
type ChurnBands struct {
	Low    int64 `json:"low"`
	Middle int64 `json:"middle"`
	High   int64 `json:"high"`
}
