package responses

import (
	"maps"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/spreadsheet"
)

// Night is what is asked of responses.
type Night struct {
	Job    *job.Job
	Today  calendar.Day
	Files  *ledger.ResponseFiles  // nil: the job reads none
	Before []publication.Response // that the night before remembers, in their order
	// Campaigns are those that are known: of the job, and of nights before. Of those that are
	// open it is remembered to whom the engine wrote.
	Campaigns []Campaign
	// Oldest is the first day whose events are remembered, but for those that bind.
	Oldest calendar.Day
	// Of gives the customer under whom an id is published.
	Of func(id string) string
	// ByKey gives the customer of an address or a phone number; empty: nobody's.
	ByKey func(text string) string
	// Customers are the ids of tonight's, in order.
	Customers []string
}

// Campaign is a campaign by its name.
type Campaign struct {
	Name string
	Open bool
}

// Heard are the events of all nights.
type Heard struct {
	Events    []publication.Response // in their order, each once
	Counts    publication.ResponseCounts
	campaigns publication.Names // that are known
}

// Hear puts tonight's rows to what is remembered.
func Hear(n Night) *Heard {
	h := &Heard{
		Counts:    publication.ResponseCounts{Rejected: map[string]int64{}, Events: map[string]int64{}},
		campaigns: publication.NamesOf(namesOf(n.Campaigns)),
	}
	h.Events = slices.Clone(n.Before)
	h.add(n.Files, n.Today)
	slices.SortFunc(h.Events, publication.CompareResponses)
	n.name(h.Events)
	known := n.forget(slices.Clone(n.Before))
	all := len(h.Events)
	h.Events = n.forget(h.Events)
	h.Counts.TooOld = int64(all - len(h.Events))
	given := len(h.Events)
	h.Events = slices.CompactFunc(h.Events, func(a, b publication.Response) bool { return publication.CompareResponses(a, b) == 0 })
	h.Counts.Repeated += int64(given - len(h.Events))
	h.Counts.New = int64(len(h.Events) - len(known))
	h.Counts.Remembered = int64(len(h.Events))
	h.match(n)
	return h
}

// name has events of an address, which is no customer's id, be those of the customer whose
// address it is: from now on, although tomorrow it may be another's or nobody's.
func (n Night) name(all []publication.Response) {
	for i, e := range all {
		if customerOf(n, e.ID) != "" {
			continue
		}
		if customer := n.ByKey(e.ID); customer != "" {
			all[i].ID = customer
		}
	}
}

// forget leaves out events that are too long ago to matter to anything: not those that bind,
// and not those by which an open campaign knows whom it has contacted.
func (n Night) forget(all []publication.Response) []publication.Response {
	var open []string
	for _, c := range n.Campaigns {
		if c.Open {
			open = append(open, c.Name)
		}
	}
	names := publication.NamesOf(open)
	return slices.DeleteFunc(all, func(e publication.Response) bool {
		return e.Day() < n.Oldest && !binds(e.Event) && (e.Event != publication.Sent || names[publication.Fold(e.Campaign)] == "")
	})
}

func namesOf(campaigns []Campaign) (names []string) {
	for _, c := range campaigns {
		names = append(names, c.Name)
	}
	return names
}

// add takes the rows of files.
func (h *Heard) add(files *ledger.ResponseFiles, today calendar.Day) {
	if files == nil {
		return
	}
	h.Counts.Rows = files.Rows
	rejected := maps.Clone(files.Rejected)
	for _, row := range files.Said {
		event, known := eventOf(row.Event)
		switch {
		case !known && row.Reason == "":
			h.Counts.UnknownEvents += row.Rows
			continue
		case event == other && row.Reason == "":
			h.Counts.OtherEvents += row.Rows
			continue
		case row.Reason != "" && !binds(event):
			continue // it has no time, and is counted as what it was set aside for
		case row.Reason != "":
			rejected[row.Reason] -= row.Rows // it binds, whenever it was
		}
		said := publication.Response{ID: row.ID, Campaign: row.Campaign, Channel: row.Channel, Event: event, Time: row.Time}
		if said.Day() > today { // where as_of is latest, the rows were read before it was known
			rejected[ledger.AfterAsOf] += row.Rows
			continue
		}
		h.Counts.Repeated += row.Rows - 1
		h.Events = append(h.Events, said)
	}
	for reason, rows := range rejected {
		if rows > 0 {
			h.Counts.Rejected[string(reason)] = rows
		}
	}
}

// match finds the customer of tonight of each event.
func (h *Heard) match(n Night) {
	guarded := n.Job.Output.CSV == job.SpreadsheetCSV
	for i := range h.Events {
		e := &h.Events[i]
		if e.Customer = customerOf(n, e.ID); e.Customer == "" && guarded {
			e.Customer = customerOf(n, spreadsheet.Plain(e.ID)) // as lists for spreadsheets have it
		}
	}
	h.count()
}

// count counts the events. What two ids of one person say of one moment is one event.
func (h *Heard) count() {
	said, at := map[publication.Response]bool{}, int64(0)
	for _, e := range h.Events {
		if e.Time != at {
			clear(said)
			at = e.Time
		}
		if e.Customer != "" {
			e.ID = ""
		}
		if e.Campaign, e.Channel = publication.Fold(e.Campaign), publication.Fold(e.Channel); said[e] {
			continue
		}
		said[e] = true
		h.Counts.Events[string(e.Event)]++
		if e.Customer == "" {
			h.Counts.UnmatchedCustomers++
		}
		if h.campaigns[e.Campaign] == "" {
			h.Counts.UnmatchedCampaigns++
		}
	}
}

// customerOf is the customer of tonight whose id it is; empty: nobody's.
func customerOf(n Night, id string) string {
	to := n.Of(id)
	if _, is := slices.BinarySearch(n.Customers, to); is {
		return to
	}
	return ""
}
