package publication

// AuditedNight is what an earlier publication said of its customers, and what they have
// done since.
type AuditedNight struct {
	AsOf string `json:"as_of"`
	Days int32  `json:"days"` // since then
	// Declined is null where that night knew no stages.
	Declined *AuditedDecline `json:"declined"`
	// Forecast is null where that night had no lifetime model.
	Forecast *AuditedForecast `json:"forecast"`
}

// AuditedDecline is what became of those who were called in decline.
type AuditedDecline struct {
	Customers int64 `json:"customers"`
	CameBack  int64 `json:"came_back"` // of them: with a purchase since
	// WentOn are those of them who bought at half of their former rate or more; null
	// where that night did not publish it.
	WentOn *int64 `json:"went_on"`
}

// AuditedForecast is what was expected in the days since, and what came. In a large shop
// it is that of a sample.
type AuditedForecast struct {
	Customers int64   `json:"customers"`
	Expected  float64 `json:"expected_purchases"`
	Purchases float64 `json:"purchases"`
	// ExpectedMoney lies in the interval from Low to High, which held Money or did not.
	ExpectedMoney float64         `json:"expected_money"`
	Low           float64         `json:"low"`
	High          float64         `json:"high"`
	Money         float64         `json:"money"`
	Held          bool            `json:"held"`
	Deciles       []AuditedDecile `json:"deciles"`
}

// AuditedDecile is a tenth of the customers, those expected to buy most first.
type AuditedDecile struct {
	Customers     int64   `json:"customers"`
	Expected      float64 `json:"expected_purchases"`
	Purchases     float64 `json:"purchases"`
	ExpectedMoney float64 `json:"expected_money"`
	Money         float64 `json:"money"`
}
