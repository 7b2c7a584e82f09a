package tier

import (
	"slices"
	"strings"
	"time"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// fastShop runs the machine on the customers of a slowShop, night after night,
// as a caller would: each night's input is what is known that night.
type fastShop struct {
	customers []*slowCustomer
	before    *State
	ids       []string
	night     time.Time
}

var epoch = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

func dayNumber(day time.Time) int32 { return int32(day.Unix() / 86400) }

func day(text string) int32 {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return dayNumber(at)
}

func dateOf(day int32) time.Time {
	if day == calendar.NoDay {
		return time.Time{}
	}
	return epoch.AddDate(0, 0, int(day))
}

// input is what is known of the shop on a night.
func (s *fastShop) input(asOf time.Time, p Programme, pins map[string]slowPin, atOnce bool) Input {
	in := Input{Say: wording.In("en"), AsOf: dayNumber(asOf), AtOnce: atOnce, From: calendar.NoDay, Static: map[string][]float64{"clv": {}}}
	in.Activity.Start = []int64{0}
	spend := CountedMetric{Name: "spend", Scale: 1_000_000}
	orders := CountedMetric{Name: "orders", Scale: 1}
	days := CountedMetric{Name: "purchase_days", Scale: 1}
	for _, c := range s.customers {
		if c.first.After(asOf) {
			continue
		}
		i := len(in.ID)
		in.ID = append(in.ID, c.id)
		in.FirstDay = append(in.FirstDay, dayNumber(c.first))
		for name, v := range c.static {
			in.Static[name] = append(in.Static[name], v)
		}
		for _, p := range c.purchases {
			if p.day.After(asOf) {
				continue
			}
			in.Activity.Day = append(in.Activity.Day, dayNumber(p.day))
			spend.Value = append(spend.Value, p.cents*10_000)
			orders.Value = append(orders.Value, p.count)
			days.Value = append(days.Value, 1)
		}
		in.Activity.Start = append(in.Activity.Start, int64(len(in.Activity.Day)))
		if pin, ok := pins[c.id]; ok {
			tier := slices.IndexFunc(p.Tiers, func(t Tier) bool { return t.Name == pin.tier })
			in.Pins = append(in.Pins, Pin{Customer: i, Tier: tier, Until: dayNumber(pin.until)})
		}
	}
	in.Activity.Counted = []CountedMetric{spend, orders, days}
	if s.before != nil {
		in.Before = &Before{Night: dayNumber(s.night), State: s.aligned(in.ID)}
	}
	return in
}

// aligned is the state before in the order of tonight's customers, and who is
// gone.
func (s *fastShop) aligned(ids []string) State {
	out := NewState(len(ids))
	out.Order = s.before.Order
	for i, id := range ids {
		if at := slices.Index(s.ids, id); at >= 0 {
			out.copyRow(i, s.before, at)
		}
	}
	return out
}

// copyRow makes row i that of another state.
func (s *State) copyRow(i int, from *State, at int) {
	s.Tier[i], s.Since[i], s.Until[i], s.Anchor[i], s.Grace[i], s.Why[i] = from.Tier[at], from.Since[at], from.Until[at], from.Anchor[at], from.Grace[at], from.Why[at]
	if from.Reversible != nil {
		if s.Reversible == nil {
			s.Reversible = make([][]Reversible, len(s.Tier))
		}
		s.Reversible[i] = from.Reversible[at]
	}
	s.Pinned[i], s.PinTier[i], s.PinSince[i], s.PinUntil[i] = from.Pinned[at], from.PinTier[at], from.PinSince[at], from.PinUntil[at]
}

// advance runs a night and remembers it.
func (s *fastShop) advance(asOf time.Time, p Programme, pins map[string]slowPin, atOnce bool) (Result, error) {
	in := s.input(asOf, p, pins, atOnce)
	night, err := p.Advance(in)
	if err == nil {
		s.before, s.ids, s.night = &night.State, in.ID, asOf
	}
	return night, err
}

// slowOps writes the machine's changes as the reference notes them.
func slowOps(changes []Change) []string {
	out := []string{}
	for _, c := range changes {
		out = append(out, slowOp{dateOf(c.Effective), c.ID, c.Op, c.From, c.To}.String())
	}
	return out
}

// sortedOps are the reference's notes in the order of changes.
func sortedOps(ops []slowOp) []string {
	slices.SortFunc(ops, func(a, b slowOp) int {
		if c := a.day.Compare(b.day); c != 0 {
			return c
		}
		return strings.Compare(a.id, b.id)
	})
	out := []string{}
	for _, op := range ops {
		out = append(out, op.String())
	}
	return out
}
