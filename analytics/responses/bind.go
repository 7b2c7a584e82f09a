package responses

import (
	"slices"

	"clientele/analytics/consent"
	"clientele/analytics/publication"
)

// Binds tells whether there is an event that forbids.
func (h *Heard) Binds() bool {
	return slices.ContainsFunc(h.Events, func(e publication.Response) bool { return binds(e.Event) })
}

// Bind says of tonight's customers, whose ids are in order, whether a list may name them: as
// consent says or, where that allows, as their responses and the exclusions say. before is
// what consent says; nil: all may be named. excluded are the customers whom the job excludes.
func (h *Heard) Bind(customers []string, before []consent.Status, excluded []string) []consent.Status {
	status := slices.Clone(before)
	if status == nil {
		status = slices.Repeat([]consent.Status{consent.Yes}, len(customers))
	}
	// In the order in which reasons are asked: the first that forbids stays.
	for _, of := range []struct {
		event  publication.Event
		status consent.Status
	}{{publication.Unsubscribed, consent.Unsubscribed}, {publication.Complained, consent.Complained}} {
		for _, e := range h.Events {
			if e.Event == of.event {
				forbid(status, customers, e.Customer, of.status)
			}
		}
	}
	for _, id := range excluded {
		forbid(status, customers, id, consent.Excluded)
	}
	return status
}

// forbid gives a customer a status, where nothing else forbids to contact them.
func forbid(status []consent.Status, customers []string, id string, why consent.Status) {
	if at, is := slices.BinarySearch(customers, id); is && status[at] == consent.Yes {
		status[at] = why
	}
}
