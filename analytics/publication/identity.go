package publication

// Identity is what run.json says of the ids that were found to be one person.
type Identity struct {
	IDs       int64 `json:"ids"`       // that the exports know
	Customers int64 `json:"customers"` // persons behind them, those who only returned goods too
	// MergedBy says by what the ids became fewer: normalise, map and the keys by name. IDs
	// less all of them are Customers.
	MergedBy map[string]int64 `json:"merged_by"`
	// KeysOverCap counts values of keys that more ids share than identity.cap, and Conflicts
	// those that would join customers whom the map keeps apart: neither joins anybody.
	KeysOverCap int64 `json:"keys_over_cap"`
	Conflicts   int64 `json:"conflicts"`
	// Renamed counts the customers of the night before who are published under another id
	// tonight.
	Renamed int64       `json:"renamed"`
	Map     *FileBeside `json:"map"` // null: the job has none
}
