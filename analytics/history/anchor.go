package history

// Anchor is the night whose groups are held against what their customers have
// spent since. Every later night remembers it, so that no run needs more than the
// one before it, until a night of another calendar month, four weeks or more
// later, takes its place.
type Anchor struct {
	Day string `json:"day"`
	// Rules is a fingerprint of the settings that made the groups. Under other
	// settings they are other groups, and the watch begins anew.
	Rules string `json:"rules"`
	// Spend is the newest comparison that is long enough to be judged or, before
	// there is one, as long as there is. Null on the first night.
	Spend *NextSpend `json:"next_spend"`
}

// NextSpend is how far the groups of one night set apart what customers spent
// afterwards.
type NextSpend struct {
	From  string                `json:"from"` // the night whose groups they are
	To    string                `json:"to"`   // the last day of spend
	Days  int                   `json:"days"`
	Kinds map[string]Separation `json:"kinds"` // by kind of group
}

// Separation is how far the groups of one kind set spend apart. The numbers are
// null where nothing can be told; see quality.Separate.
type Separation struct {
	EtaSquared     *float64 `json:"eta2"`
	EpsilonSquared *float64 `json:"epsilon2"`
	Customers      int      `json:"customers"`
	Groups         int      `json:"groups"`
}
