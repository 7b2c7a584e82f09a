package campaign

import (
	"maps"

	"clientele/internal/calendar"
)

// Days after which nothing of a contact can matter any more. Both are ours, and generous: a
// quarter is more than any engine holds a message back, and more than most shops take goods back.
const (
	// Late is for how many days after its list a message that is sent is still that of the
	// list. One that is sent later is a contact of its own.
	Late = 92
	// Reading is for how many days after its end the effect of a campaign is read anew.
	Reading = 92
	// longestCap is how many days a cap may reach back, on this night or any later one, by
	// the job file's own limit (analytics/job): a year.
	longestCap = 366
)

// Oldest is the first day of which contacts are remembered for the sake of caps: what lies
// before it no later night can ask for, whatever caps its job states.
func (r Rules) Oldest(day calendar.Day) calendar.Day {
	days := longestCap
	for _, c := range r.Caps {
		days = max(days, c.Days)
	}
	return Cap{Days: days}.begins(day) - Late
}

// Open tells whether a campaign is to begin, runs, or is still read.
func (c Campaign) Open(day calendar.Day) bool { return day <= c.Ends+Reading }

// Forget leaves out what was planned before a day. How much it was is kept, as it was paid.
func (m Memory) Forget(before calendar.Day) Memory {
	at := 0
	forgotten := maps.Clone(m.Forgotten)
	for ; at < len(m.Planned) && m.Planned[at].Day < before; at++ { // in order of day
		if c := m.Planned[at]; !c.Parted {
			if forgotten == nil {
				forgotten = map[string]int{}
			}
			forgotten[c.Campaign]++
		}
	}
	m.Planned, m.Forgotten = m.Planned[at:], forgotten
	return m
}
