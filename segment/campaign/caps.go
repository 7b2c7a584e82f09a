package campaign

import (
	"cmp"
	"slices"

	"clientele/internal/calendar"
)

// mark is a day of a contact: it was planned for it, or sent on it.
type mark struct {
	customer          int32
	campaign, channel int32 // as numbers
	day               calendar.Day
	sent              bool
}

// marks are what counts for caps tonight, by customer: those of customer i stand from
// first[i] to first[i+1].
type marks struct {
	day      calendar.Day
	all      []mark
	first    []int32
	channels names
}

// names are numbered as they come.
type names map[string]int32

func (n names) number(name string) int32 {
	at, known := n[name]
	if !known {
		at = int32(len(n))
		n[name] = at
	}
	return at
}

// begins is the first day of the longest window that ends tonight in which contacts count.
func (c Cap) begins(day calendar.Day) calendar.Day { return day - calendar.Day(c.Days) + 1 }

// marksOf collects the days of contacts that count. Of customers to whom something was sent
// within a window what was planned or sent up to Late days before it is looked at, too, so
// that it is known which of the two belong together; of the others, what was planned within
// a window.
func marksOf(n Night, sentTo []int32, planned []Contact, r Rules) *marks {
	m := &marks{day: n.Day, channels: names{}}
	begins := n.Day
	for _, c := range r.Caps {
		begins = min(begins, c.begins(n.Day))
	}
	lately := make([]bool, len(n.ID))
	for k, c := range n.Sent {
		if i := sentTo[k]; i >= 0 && c.Day >= begins {
			lately[i] = true
		}
	}
	campaigns := names{}
	add := func(c Contact, i int32, sent bool) {
		m.all = append(m.all, mark{i, campaigns.number(c.Campaign), m.channels.number(c.Channel), c.Day, sent})
	}
	for k, c := range n.Sent {
		if i := sentTo[k]; i >= 0 && lately[i] && c.Day >= begins-Late {
			add(c, i, true)
		}
	}
	at := cursor{ids: n.ID}
	for _, c := range planned {
		if i := at.find(c.Customer); i >= 0 && (lately[i] && c.Day >= begins-Late || c.Day >= begins) {
			add(c, int32(i), false)
		}
	}
	m.arrange(len(n.ID))
	return m
}

// sentTo is the customer of each contact that was made before tonight; -1: of tonight's
// customers none, or not made yet.
func sentTo(n Night) []int32 {
	whom := make([]int32, len(n.Sent))
	at := cursor{ids: n.ID}
	for k, c := range n.Sent {
		whom[k] = -1
		if c.Day < n.Day {
			whom[k] = int32(at.find(c.Customer))
		}
	}
	return whom
}

// arrange puts marks in order of customer, campaign, channel and day.
func (m *marks) arrange(customers int) {
	m.first = make([]int32, customers+1)
	for _, k := range m.all {
		m.first[k.customer+1]++
	}
	for i := range customers {
		m.first[i+1] += m.first[i]
	}
	next := slices.Clone(m.first)
	ordered := make([]mark, len(m.all))
	for _, k := range m.all {
		ordered[next[k.customer]] = k
		next[k.customer]++
	}
	m.all = ordered
	for i := range customers {
		slices.SortFunc(m.of(i), mark.compare)
	}
}

func (m *marks) of(i int) []mark { return m.all[m.first[i]:m.first[i+1]] }

func (k mark) compare(o mark) int {
	sent := func(k mark) int {
		if k.sent {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(k.campaign, o.campaign),
		cmp.Compare(k.channel, o.channel),
		cmp.Compare(k.day, o.day),
		cmp.Compare(sent(k), sent(o)),
	)
}

// full says of each channel of the rules for whom caps allow no contact tonight.
func (m *marks) full(r Rules) map[string][]bool {
	full := map[string][]bool{}
	for _, c := range r.Campaigns {
		for _, channel := range c.Channels {
			full[channel] = make([]bool, len(m.first)-1)
		}
	}
	counts := make([]int, len(r.Caps))
	var latest []mark
	for i := range len(m.first) - 1 {
		latest = contactsOf(m.of(i), latest[:0])
		for k, c := range r.Caps {
			counts[k] = m.count(c, latest)
		}
		for channel, column := range full {
			for k, c := range r.Caps {
				if (c.Channel == "" || c.Channel == channel) && counts[k] >= c.Contacts {
					column[i] = true
				}
			}
		}
	}
	return full
}

// count is how many contacts a cap counts.
func (m *marks) count(c Cap, contacts []mark) int {
	channel, known := m.channels[c.Channel]
	count := 0
	for _, k := range contacts {
		if k.day >= c.begins(m.day) && (c.Channel == "" || known && k.channel == channel) {
			count++
		}
	}
	return count
}

// contactsOf makes contacts of the marks of one customer: of each the latest day, which
// decides whether it lies in a window that ends tonight. What was sent belongs to the
// earliest contact of the same campaign and channel that was planned by then and has
// nothing that was sent yet; without such it is a contact that no list planned. Twice on a
// day counts once, as files of responses may repeat each other.
func contactsOf(marks, contacts []mark) []mark {
	open := 0 // place in contacts of the earliest of the group that waits for what was sent
	for j, k := range marks {
		again := j > 0 && marks[j-1].campaign == k.campaign && marks[j-1].channel == k.channel
		if !again {
			open = len(contacts)
		}
		switch {
		case !k.sent:
			contacts = append(contacts, k)
			continue
		case again && marks[j-1] == k:
			continue
		}
		for open < len(contacts) && contacts[open].sent {
			open++
		}
		if open < len(contacts) {
			contacts[open].day, contacts[open].sent = k.day, true
		} else {
			contacts = append(contacts, k)
		}
	}
	return contacts
}

// toldBy says of each campaign whom it has contacted, on a list or not, as responses say.
func toldBy(n Night, sentTo []int32, campaigns []Campaign) map[string][]bool {
	told := map[string][]bool{}
	for _, c := range campaigns {
		told[c.Name] = nil
	}
	for k, c := range n.Sent {
		whom, ours := told[c.Campaign]
		if !ours || sentTo[k] < 0 {
			continue
		}
		if whom == nil {
			whom = make([]bool, len(n.ID))
			told[c.Campaign] = whom
		}
		whom[sentTo[k]] = true
	}
	return told
}
