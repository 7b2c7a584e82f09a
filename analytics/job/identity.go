package job

import "clientele/analytics/persons"

// Identity says which ids are one person.
type Identity struct {
	Normalise []persons.Rule `json:"normalise"`      // how ids are written in one way
	Map       string         `json:"map,omitempty"`  // CSV file with alias and customer, as written; empty: none
	Keys      []string       `json:"keys,omitempty"` // who shares one is one person; mapped in columns.keys
	Cap       int            `json:"cap"`            // how many ids may share the value of a key
}

// defaultIdentity is what a mapping under identity starts from; without one, an id is a
// person.
func defaultIdentity() *Identity {
	return &Identity{
		Normalise: []persons.Rule{persons.Trim},
		// More ids than a person opens in years, and fewer than share the address that a till
		// or a clerk puts in for everybody.
		Cap: 20,
	}
}
