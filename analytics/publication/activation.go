package publication

// Activation is what run.json says of whom the shop contacts.
type Activation struct {
	// HoldoutSince is the day on which the holdout in force was drawn first; empty: none.
	HoldoutSince string `json:"holdout_since,omitempty"`
	// Campaigns are those that are remembered, as they were when customers were drawn.
	Campaigns []DrawnCampaign `json:"campaigns,omitempty"`
	// Tonight says of the job's campaigns what became of them tonight, in the order in which
	// they were asked, and Channels how many contacts there are to make.
	Tonight   []CampaignNight `json:"tonight"`
	Channels  []ChannelCount  `json:"channels"`
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
	// ForgottenContacts counts those that lists have planned and contacts.parquet has no more.
	ForgottenContacts int `json:"forgotten_contacts,omitempty"`
	// Overlaps are the other campaigns that contacted some of its customers in their windows,
	// and Overlapping how many customers they contacted.
	Overlaps    []string `json:"overlaps,omitempty"`
	Overlapping int      `json:"overlapping,omitempty"`
}

// CampaignNight is a night of a campaign. Counts are of customers.
type CampaignNight struct {
	Campaign string `json:"campaign"`
	Running  bool   `json:"running"`  // customers may enter tonight
	Audience int64  `json:"audience"` // fulfil its condition
	Contacts int64  `json:"contacts"` // on tonight's lists
	Control  int64  `json:"control"`  // drawn tonight not to be contacted
	// Suppressed are those of the audience who are on no list, by reason.
	Suppressed map[string]int64 `json:"suppressed"`
	Cost       float64          `json:"cost"`  // of tonight's contacts
	Spent      float64          `json:"spent"` // of all nights
	// Left is what is left of the budget; null: none is set.
	Left *float64 `json:"left"`
	// Expected is the margin that tonight's contacts are expected to bring, and NextUnit what
	// one more unit of money would; null: nothing was measured yet.
	Expected *float64 `json:"expected"`
	NextUnit *float64 `json:"next_unit"`
}

// ChannelCount is how many contacts there are to make by a channel tonight.
type ChannelCount struct {
	Channel  string `json:"channel"`
	Contacts int64  `json:"contacts"`
}

// ResponseCounts are what tonight's files of responses held, and what became of it.
type ResponseCounts struct {
	Inputs []Input `json:"inputs"`
	Rows   int64   `json:"rows"` // of the files
	// Rejected are the rows that say nothing, by reason, as those of exports are.
	Rejected map[string]int64 `json:"rejected"`
	// UnknownEvents are rows of events that no table knows.
	UnknownEvents int64 `json:"unknown_events"`
	// OtherEvents are rows of events that say nothing of what is asked, such as bounces.
	OtherEvents int64 `json:"other_events"`
	Repeated    int64 `json:"repeated"` // rows that say what another row, or an earlier night, has said
	New         int64 `json:"new"`      // events that no night before knew
	// TooOld are events that are too long ago to matter to anything, and are not remembered.
	TooOld     int64 `json:"too_old"`
	Remembered int64 `json:"remembered"` // events that are
	// Unmatched count events that are remembered: of nobody who is a customer tonight, and of no
	// campaign that the job has.
	UnmatchedCustomers int64            `json:"unmatched_customers"`
	UnmatchedCampaigns int64            `json:"unmatched_campaigns"`
	Events             map[string]int64 `json:"events"` // that are remembered, by event
}
