package simulate

import "time"

// Contact is one message of a campaign to one customer, as a list says.
type Contact struct {
	Customer string // customer_id of the export
	Campaign string
	Channel  string // by which the message goes out
	// The contact has its effect on the days after From, up to Until with it.
	From, Until time.Time
}

// Effect is what a contact of a campaign does to a customer of a stratum. It holds for
// everybody on the list, whatever became of the message: it is the effect by intention to
// treat.
type Effect struct {
	Campaign string
	Stratum  Stratum
	// Purchases is how many purchases a contact adds: the mean of a Poisson number.
	Purchases float64
	// Share is the chance by which each of the customer's own purchases in the window brings
	// another one (1.5: one more, and a second by half), or is taken away where it is below 0.
	Share float64
}

// Expected is how many purchases a contact adds, on average, to a customer who makes so many
// in its window without it.
func (e Effect) Expected(own int) float64 { return e.Purchases + e.Share*float64(own) }

// Stratum is what is true of a customer on the day of a contact. In an Effect, what is empty
// stands for all.
type Stratum struct {
	Channel string // where the customer likes to buy: a label of Options.Channels
	Region  string
	Profile string // model, steady, sudden, gradual, returning or drifting
	State   string // active or gone
	Buyer   string // heavy or light
	Through string // the channel of the contact
}

// The states and the kinds of buyers. Heavy buyers are the half of all customers who spend
// most per day while they are active.
const (
	Active = "active"
	Gone   = "gone"
	Heavy  = "heavy"
	Light  = "light"
)

// parts are the parts of a stratum by the names that texts give them.
func (s *Stratum) parts() []stratumPart {
	return []stratumPart{
		{"channel", &s.Channel},
		{"region", &s.Region},
		{"profile", &s.Profile},
		{"state", &s.State},
		{"buyer", &s.Buyer},
		{"through", &s.Through},
	}
}

// stratumPart is one property of a customer or contact.
type stratumPart struct {
	name  string
	value *string
}

// holds tells whether the stratum of a customer lies in s.
func (s Stratum) holds(of Stratum) bool {
	theirs := of.parts()
	for i, part := range s.parts() {
		if *part.value != "" && *part.value != *theirs[i].value {
			return false
		}
	}
	return true
}

// Planted is the effect of a contact of a campaign on customers of a stratum: the first of
// the options' effects that fits. One of no effect comes back where none does.
func (o Options) Planted(campaign string, of Stratum) Effect {
	for _, e := range o.Effects {
		if e.Campaign == campaign && e.Stratum.holds(of) {
			return e
		}
	}
	return Effect{Campaign: campaign}
}
