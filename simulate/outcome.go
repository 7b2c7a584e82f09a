package simulate

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Outcome is what came of one contact: what is true of it, and what an engine that sends
// messages would say.
type Outcome struct {
	Contact
	// Stratum is what is true of the customer on the day of the contact.
	Stratum Stratum
	// Effect is the planted one that holds for the customer.
	Effect Effect
	// Own is how many purchases the customer makes in the window without the contact. Added
	// and Taken are those that it brings and those that it costs, and their spend less what
	// comes back; only what lies within the export counts.
	Own, Added, Taken      int
	AddedSpend, TakenSpend Cents
	Responses              []Response // in order of time
}

// Response is one event that an engine reports of a contact.
type Response struct {
	Customer, Campaign, Channel string
	Time                        time.Time // wall clock to the second, as UTC
	Event                       string
}

// OutcomeColumns are the columns of WriteOutcomes: the contact, what is true of the customer
// on its day (buys_in is the channel of Stratum), the planted effect, and purchases and spend
// as in Outcome. expected is how many purchases the effect adds on average to a customer who
// makes own purchases.
func OutcomeColumns() []string {
	return append(ContactColumns(), "buys_in", "region", "profile", "state", "buyer",
		"effect", "own", "expected", "added", "taken", "added_spend", "taken_spend")
}

// WriteOutcomes writes what is true of contacts, one row each.
func WriteOutcomes(w io.Writer, outcomes []Outcome) error {
	b := []byte(strings.Join(OutcomeColumns(), ",") + "\n")
	for i := range outcomes {
		b = outcomes[i].appendCSV(b)
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("simulate: write outcomes: %w", err)
	}
	return nil
}

func (o *Outcome) appendCSV(b []byte) []byte {
	b = o.Contact.appendCSV(b)
	s := o.Stratum
	for _, text := range []string{s.Channel, s.Region, s.Profile, s.State, s.Buyer} {
		b = appendField(append(b, ','), text)
	}
	b = appendField(append(b, ','), o.Effect.String())
	b = strconv.AppendInt(append(b, ','), int64(o.Own), 10)
	b = appendNumber(append(b, ','), o.Effect.Expected(o.Own))
	b = strconv.AppendInt(append(b, ','), int64(o.Added), 10)
	b = strconv.AppendInt(append(b, ','), int64(o.Taken), 10)
	b = o.AddedSpend.appendText(append(b, ','))
	b = o.TakenSpend.appendText(append(b, ','))
	return append(b, '\n')
}

func (c *Contact) appendCSV(b []byte) []byte {
	for _, text := range []string{c.Customer, c.Campaign, c.Channel} {
		b = append(appendField(b, text), ',')
	}
	b = append(c.From.AppendFormat(b, dateLayout), ',')
	return c.Until.AppendFormat(b, dateLayout)
}

// ResponseColumns are the columns of WriteResponses.
func ResponseColumns() []string {
	return []string{"customer_id", "campaign", "channel", "time", "event"}
}

// WriteResponses writes the events of contacts in order of time, as an engine exports them.
// Some stand there twice, as an engine reports an event again when it is not sure.
func WriteResponses(w io.Writer, outcomes []Outcome) error {
	var all []Response
	for _, o := range outcomes {
		all = append(all, o.Responses...)
	}
	slices.SortStableFunc(all, func(a, b Response) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Campaign, b.Campaign))
	})
	b := []byte(strings.Join(ResponseColumns(), ",") + "\n")
	for _, r := range all {
		for _, text := range []string{r.Customer, r.Campaign, r.Channel} {
			b = append(appendField(b, text), ',')
		}
		b = r.Time.AppendFormat(b, timeLayout)
		b = append(append(append(b, ','), r.Event...), '\n')
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("simulate: write responses: %w", err)
	}
	return nil
}
