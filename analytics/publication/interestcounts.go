package publication

// InterestCounts are the lost interests of a night in numbers.
type InterestCounts struct {
	From       string          `json:"from"`        // first day that the tests look at
	RecentFrom string          `json:"recent_from"` // first day of the recent part
	Levels     []InterestLevel `json:"levels"`
	// Losing is where most customers lose interest: the first rows of
	// interests_by_segment.csv.
	Losing []Losing `json:"losing"`
}

// InterestLevel counts the tests by category or by product.
type InterestLevel struct {
	Of     string `json:"of"`     // category or product
	Pairs  int    `json:"pairs"`  // customers and things bought often enough to look at
	Tested int    `json:"tested"` // of them those that could be found
	// Inflation is the factor, at least 1, by which baskets scatter more than
	// independent ones would.
	Inflation float64 `json:"inflation"`
	Lost      int     `json:"lost"`
	Switched  int     `json:"switched"`
}

// Losing is a category, or a product where only those are mapped, that loses
// customers of a segment: a row of interests_by_segment.csv.
type Losing struct {
	Category string `json:"category"`
	Segment  string `json:"segment"` // of RFM; empty where that is off
	// Regulars are the segment's customers who bought the category often enough
	// to look at, Lost those of them who lost interest, Share their part.
	Regulars int64   `json:"regulars"`
	Lost     int64   `json:"lost"`
	Share    float64 `json:"share"`
	// Shift is the factor by which the odds of the category moved for
	// everybody, from before the recent part to since.
	Shift float64 `json:"shift"`
}
