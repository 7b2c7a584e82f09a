package publication

import (
	"cmp"
	"slices"
	"time"
)

// Event is what happened to a contact.
type Event string

// The events, in the order in which they happen.
const (
	Sent         Event = "sent"
	Delivered    Event = "delivered"
	Opened       Event = "opened"
	Clicked      Event = "clicked"
	Redeemed     Event = "redeemed" // what was offered
	Bought       Event = "bought"
	Unsubscribed Event = "unsubscribed" // binds for good
	Complained   Event = "complained"   // binds for good
)

// Events are all of them.
var Events = []Event{Sent, Delivered, Opened, Clicked, Redeemed, Bought, Unsubscribed, Complained}

// isKnown tells whether an event is one of them.
func (e Event) isKnown() bool { return slices.Contains(Events, e) }

// Response is what became of a contact.
type Response struct {
	ID       string // as the files of responses spell it
	Customer string // as published; empty: nobody who is a customer
	Campaign string // as the files spell it; empty: they do not say
	Channel  string // as the files spell it; empty: they do not say
	Event    Event
	// Time is what the clock of the job's zone showed, in microseconds since 1970-01-01.
	Time int64
}

// CompareResponses puts responses in the order of responses.parquet. It passes over the
// customer, which is tonight's.
func CompareResponses(a, b Response) int {
	return cmp.Or(
		cmp.Compare(a.Time, b.Time), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Campaign, b.Campaign),
		cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Event, b.Event),
	)
}

// Day is the day of the response, as days since 1970-01-01.
func (r Response) Day() int32 {
	const perDay = int64(24 * time.Hour / time.Microsecond)
	day := r.Time / perDay
	if r.Time%perDay < 0 {
		day--
	}
	return int32(day)
}
