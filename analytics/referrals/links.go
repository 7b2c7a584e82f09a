package referrals

// Said is a row's word that a customer was brought by somebody, on the first day on which
// a row says so.
type Said struct {
	Customer, Referrer int // Referrer is Unknown for an id that is no customer's
	Day                int32
}

// Unknown is a referrer who is not among the customers.
const Unknown = -1

// links are who brought whom: one referrer, or none, of each customer.
type links struct {
	referrer []int // Unknown: none

	unknown, self, circular, several int64 // customers of whom something was not taken
}

// linksOf decides who brought whom. Of several referrers of a customer the first counts, of
// one day the one who comes first in the list. Who is said to have brought themselves, or
// is in a circle of people who have brought each other, was brought by nobody: a circle
// has no first, so that no link of it can be believed.
func linksOf(customers int, all []Said) links {
	l := links{referrer: make([]int, customers)}
	for i := range l.referrer {
		l.referrer[i] = Unknown
	}
	day := make(map[int]int32)
	unknown, self, several := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, s := range all {
		switch s.Referrer {
		case Unknown:
			unknown[s.Customer] = true
			continue
		case s.Customer:
			self[s.Customer] = true
			continue
		}
		now := l.referrer[s.Customer]
		if now != Unknown && now != s.Referrer {
			several[s.Customer] = true
		}
		if now == Unknown || s.Day < day[s.Customer] || s.Day == day[s.Customer] && s.Referrer < now {
			l.referrer[s.Customer], day[s.Customer] = s.Referrer, s.Day
		}
	}
	l.unknown, l.self, l.several = int64(len(unknown)), int64(len(self)), int64(len(several))
	l.cutCircles()
	return l
}

// cutCircles takes away the links of circles. A customer has one referrer, so that each
// way up ends at somebody whom nobody brought, or goes round.
func (l *links) cutCircles() {
	walk := make([]int, len(l.referrer)) // the number of the walk that came by; 0: none yet
	for start := range l.referrer {
		at := start
		for at != Unknown && walk[at] == 0 {
			walk[at] = start + 1
			at = l.referrer[at]
		}
		if at == Unknown || walk[at] != start+1 {
			continue
		}
		for l.referrer[at] != Unknown { // at is on a circle that this walk has closed
			next := l.referrer[at]
			l.referrer[at] = Unknown
			l.circular++
			at = next
		}
	}
}
