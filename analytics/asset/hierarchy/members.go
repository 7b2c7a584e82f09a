package hierarchy

import (
	"cmp"
	"slices"

	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Member is an account of whom another consists, with what it has bought itself.
type Member struct {
	Account, ID string
	LastDay     int32 // on which it bought; calendar.NoDay: it never did
	Spend       money.Amount
}

// known are the members of tonight's customers, in order of account and id: those that have
// rows, and the accounts above them that have none.
func (r *Result) known(members []Member) (all []Member) {
	found := r.night.Accounts
	customers := r.night.Customers.ID
	has := map[string]bool{}
	for _, m := range members {
		if at, is := found.At(m.ID); is && r.lists(at) {
			if _, listed := slices.BinarySearch(customers, m.Account); listed {
				all, has[m.ID] = append(all, m), true
			}
		}
	}
	for _, at := range r.listed {
		id, top := found.IDs[at], found.IDs[found.Top[at]]
		if _, listed := slices.BinarySearch(customers, top); listed && !has[id] {
			all = append(all, Member{Account: top, ID: id, LastDay: calendar.NoDay})
		}
	}
	slices.SortFunc(all, func(a, b Member) int { return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.ID, b.ID)) })
	return all
}

// lists tells whether an account is one of a hierarchy.
func (r *Result) lists(at int) bool {
	_, is := slices.BinarySearch(r.listed, at)
	return is
}

// counted are the members of accounts, and of them those that never bought anything.
func (r *Result) counted() (members, indirect int64) {
	for _, m := range r.needs.Members {
		members++
		if m.LastDay == calendar.NoDay {
			indirect++
		}
	}
	return members, indirect
}
