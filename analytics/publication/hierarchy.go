package publication

// Hierarchy is what run.json says of accounts that stand below others.
type Hierarchy struct {
	Level    string `json:"level"`    // LevelCustomer, LevelTop
	Accounts int64  `json:"accounts"` // that stand below or above another
	Tops     int64  `json:"tops"`     // of them those below nobody
	Indirect int64  `json:"indirect"` // of them those that buy nothing by themselves
	Deepest  int64  `json:"deepest"`  // how many stand above one, at most
	// Accounts of which something that was said does not count: it is in a circle, or several
	// are said to be above it, of which the last counts.
	Circular int64 `json:"circular"`
	Several  int64 `json:"several"`
}

// Who the customer is.
const (
	LevelCustomer = "customer"
	LevelTop      = "top"
)
