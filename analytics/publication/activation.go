package publication

// Activation is what run.json says of whom the shop contacts.
type Activation struct {
	// HoldoutSince is the day on which the holdout in force was drawn first; empty: none.
	HoldoutSince string `json:"holdout_since,omitempty"`
	// Campaigns are those that are remembered, as they were when customers were drawn.
	Campaigns []DrawnCampaign `json:"campaigns,omitempty"`
	Responses *ResponseCounts `json:"responses,omitempty"` // not there where the job reads none
	Exclude   *FileBeside     `json:"exclude,omitempty"`   // not there where the job has none
}

// DrawnCampaign is a campaign as it was when its customers were drawn.
type DrawnCampaign struct {
	Name     string   `json:"name"`
	Starts   string   `json:"starts"`
	Ends     string   `json:"ends"`
	Cost     float64  `json:"cost"`
	Control  float64  `json:"control"`
	Channels []string `json:"channels"`
}

// ResponseCounts are what tonight's files of responses held, and what became of it.
type ResponseCounts struct {
	Files int   `json:"files"`
	Rows  int64 `json:"rows"` // of the files
	// Rejected are the rows that say nothing, by reason, as those of exports are.
	Rejected map[string]int64 `json:"rejected"`
	// UnknownEvents are rows of events that no table knows.
	UnknownEvents int64 `json:"unknown_events"`
	Repeated      int64 `json:"repeated"`   // rows that say what another row, or an earlier night, has said
	New           int64 `json:"new"`        // events that no night before knew
	Remembered    int64 `json:"remembered"` // events of all nights
	// Unmatched count events of all nights: of nobody who is a customer tonight, and of no
	// campaign that the job has.
	UnmatchedCustomers int64            `json:"unmatched_customers"`
	UnmatchedCampaigns int64            `json:"unmatched_campaigns"`
	Events             map[string]int64 `json:"events"` // of all nights, by event
}
