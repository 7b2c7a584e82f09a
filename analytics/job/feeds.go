package job

import "clientele/analytics/feeds/shapes"

// Feed is what an engine that keeps points, or sends messages, is given each night.
type Feed struct {
	Shape string   `json:"shape"` // one of package shapes
	Send  []string `json:"send"`
	// IDs say whose a row is, and Properties what a profile has: the engine's fields, and
	// columns of customers.
	IDs        shapes.Fields `json:"ids"`
	Properties shapes.Fields `json:"properties"`
}

// What a feed may send.
const (
	SendProfiles = "profiles" // all customers
	SendTiers    = "tiers"    // changes of tier
	SendLists    = "lists"    // contacts of campaigns
)

// Sends are all of them.
var Sends = []string{SendProfiles, SendTiers, SendLists}
