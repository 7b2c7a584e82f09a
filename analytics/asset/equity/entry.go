package equity

import (
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/internal/calendar"
)

// entry is the line of a customer of the newer night alone, by the first purchase day, whether
// all had been given back on the older night, and whether the id was another's then, or has
// another's past now.
func (n *Nights) entry(first calendar.Day, gaveBack, kin bool) Line {
	switch {
	case first > n.Older.Day && gaveBack:
		return CameBack
	case first > n.Older.Day:
		return NewCustomers
	case kin:
		return Merged
	case n.Records:
		return Settings
	}
	return Corrected // rows came late
}

// EntryOf is the line of one customer of the newer night whom the older one does not list, as
// the ledger of all customers has it.
func (n *Nights) EntryOf(older, newer *publication.Publication, id string, first calendar.Day) (Line, error) {
	returned, err := allReturned(older)
	if err != nil {
		return 0, err
	}
	kin, err := cause.EnteredKin(older, newer, id)
	return n.entry(first, returned[id] != nil, kin), err
}
