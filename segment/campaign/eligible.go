package campaign

// code is the place of a reason in [reasons]; 0: there is none.
type code uint8

// reasons are in the order in which they are asked.
var reasons = [...]Reason{
	"", NoConsent, Provenance, Unsubscribed, Complained, Excluded, InHoldout, InControl, Crossed,
	Contacted, Returned, Unreachable, Capped, Taken, OverBudget,
}

var codeOf = func() map[Reason]code {
	at := map[Reason]code{}
	for i, r := range reasons {
		at[r] = code(i)
	}
	return at
}()

// Codes of the reasons, which are looked up for every customer.
var (
	inHoldout, inControl, crossed = codeOf[InHoldout], codeOf[InControl], codeOf[Crossed]
	contacted, returned           = codeOf[Contacted], codeOf[Returned]
	unreachable, capped           = codeOf[Unreachable], codeOf[Capped]
	taken, overBudget             = codeOf[Taken], codeOf[OverBudget]

	lastBlocking = codeOf[Excluded]
)

func codes(blocked []Reason) []code {
	all := make([]code, len(blocked))
	for i, r := range blocked {
		if r != "" {
			all[i] = codeOf[r]
		}
	}
	return all
}

// tally counts customers by code of the reason.
type tally [len(reasons)]int64

// of gives the counts of a campaign that are not zero.
func (t *tally) of(campaign string) []Suppressed {
	var counts []Suppressed
	for i, customers := range t {
		if i > 0 && customers > 0 {
			counts = append(counts, Suppressed{Campaign: campaign, Reason: reasons[i], Customers: customers})
		}
	}
	return counts
}

// eligible parts the audience of a campaign into those who may enter it tonight, and the
// others by reason.
func (d *decision) eligible(c Campaign) ([]int32, *tally) {
	states := d.states(c)
	told, full := d.told[c.Name], d.fullOf(c)
	refused := &tally{}
	var may []int32
	for i, in := range d.night.Audience[c.Name] {
		if !in {
			continue
		}
		if why := d.refusal(c, int32(i), states, told, full); why > 0 {
			refused[why]++
			continue
		}
		may = append(may, int32(i))
	}
	return may, refused
}

// refusal is the first reason why a customer may not enter a campaign.
func (d *decision) refusal(c Campaign, i int32, states []code, told []bool, full [][]bool) code {
	switch {
	case d.blocked[i] > 0:
		return d.blocked[i]
	case d.inHoldout[i]:
		return inHoldout
	case states[i] > 0:
		return states[i]
	case told != nil && told[i]:
		return contacted
	}
	channel := d.channel(c, i)
	switch {
	case channel < 0:
		return unreachable
	case full[channel][i]:
		return capped
	case d.taken[i]:
		return taken
	}
	return 0
}

// fullOf says of each channel of a campaign for whom caps allow no contact.
func (d *decision) fullOf(c Campaign) [][]bool {
	full := make([][]bool, len(c.Channels))
	for k, channel := range c.Channels {
		full[k] = d.full[channel]
	}
	return full
}

// channel is the first of a campaign's that reaches a customer; -1: none does. A cap on it
// does not send the message through another: it waits for a night on which there is room.
func (d *decision) channel(c Campaign, i int32) int {
	for k, channel := range c.Channels {
		if whom, stated := d.night.Reach[channel]; !stated || whom[i] {
			return k
		}
	}
	return -1
}

// states says of those who are in an experiment already why they do not enter it.
func (d *decision) states(c Campaign) []code {
	states := make([]code, len(d.night.ID))
	at := cursor{ids: d.night.ID}
	for _, a := range d.remembered[c.Name] {
		i := at.find(a.Customer)
		if i < 0 {
			continue
		}
		back := a.seen(d.night.Audience[c.Name][i]).Entries > 1
		switch {
		case a.Arm == Control:
			states[i] = inControl
		case a.Arm == Both:
			states[i] = crossed
		case back:
			states[i] = returned
		default:
			states[i] = contacted
		}
	}
	return states
}
