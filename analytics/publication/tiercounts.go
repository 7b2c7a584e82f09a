package publication

import "clientele/segment/tier"

// TierCounts are the changes of the night by kind, and who is about to fall.
type TierCounts struct {
	Changes  map[tier.Op]int `json:"changes"`
	Warnings int             `json:"warnings"`
	// Since is the night that the changes follow; empty: this is the first.
	Since string      `json:"since,omitempty"`
	Pins  *FileBeside `json:"pins,omitempty"`
}

// FileBeside is a file that the job names beside its exports: of tiers given by hand, or
// of ids that are one person.
type FileBeside struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Rows   int    `json:"rows"`
}
