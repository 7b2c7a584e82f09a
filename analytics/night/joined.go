package night

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// Joined is a member of an earlier night who is published under another id tonight.
type Joined struct {
	At       int // among the members
	Customer int // of tonight
}

// Match finds tonight's customers, in order of id, among the members of an earlier night.
// was has the place of each, or -1 for who is new; joined are the members who are one
// person with somebody of another id tonight, in order of id; gone are those who are not
// in tonight's list under any.
//
// A customer whose own id is new goes on from the joined member who was a customer for
// longest, of equal days the one whose id is smallest.
func (f *Frame) Match(members *publication.State, ids []string) (was []int, joined []Joined, gone []int) {
	was, unmatched := members.Match(ids)
	if f.Persons == nil && !f.Job.ByTop() {
		return was, nil, unmatched
	}
	first := members.Days(column.FirstDay)
	for _, at := range unmatched {
		i, listed := slices.BinarySearch(ids, f.Of(members.ID[at]))
		if !listed {
			gone = append(gone, at)
			continue
		}
		joined = append(joined, Joined{at, i})
		if old := was[i]; old < 0 || members.ID[old] != ids[i] && first[at] < first[old] {
			was[i] = at
		}
	}
	return was, joined, gone
}

// Several are the customers who were more than one member.
func Several(was []int, joined []Joined) map[int]bool {
	several := map[int]bool{}
	for _, j := range joined {
		if was[j.Customer] != j.At {
			several[j.Customer] = true
		}
	}
	return several
}
