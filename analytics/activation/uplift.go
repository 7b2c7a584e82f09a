package activation

import (
	"slices"
	"strings"

	"clientele/internal/calendar"
	"clientele/segment/campaign"
	"clientele/segment/experiment"
)

// Tonight are the customers of a night by the labels that effects are told apart by.
type Tonight struct {
	Customers int
	Strata    [][]string        // one column each, as of campaign.Night
	Reach     map[string][]bool // by channel; one that is not here reaches all
}

// Uplift says of campaigns what a contact is expected to bring in margin, before its cost, as
// campaign.Night wants it. Of a campaign that was measured it goes by its own effects by
// stratum, drawn towards its mean; a campaign that was not, or in which too few have bought
// so far, goes by others with one of its channels, and else by two or more of any channel.
// A campaign of which that says nothing is left out.
func (e Evidence) Uplift(of []campaign.Campaign, n Tonight) Expected {
	measured := e.measured(len(n.Strata) + 1)
	out := Expected{Uplift: map[string][]float64{}, RestsOn: map[string][]Basis{}}
	for _, c := range of {
		from := basisOf(c, measured)
		if len(from) == 0 {
			continue
		}
		for _, m := range from {
			out.RestsOn[c.Name] = append(out.RestsOn[c.Name], m.basis)
		}
		expected := expectation(c, from)
		column := make([]float64, n.Customers)
		for i := range column {
			column[i], _ = expected(n.labels(c, i))
		}
		out.Uplift[c.Name] = column
	}
	return out
}

// Expected is what contacts are expected to bring.
type Expected struct {
	Uplift  map[string][]float64 // by campaign, as of campaign.Night
	RestsOn map[string][]Basis   // by campaign: those that were measured, in order of name
}

// Basis is a campaign that was measured, by which others go.
type Basis struct {
	Campaign  string
	Verdict   experiment.Verdict // of its margin
	Customers int                // of both arms
	// Needed is how many it takes to show an effect of the size seen; NaN: none was seen.
	Needed float64
}

// labels are those of a customer in a campaign: the strata, then the channel, as of an
// Assignment. A customer whom no channel reaches has none.
func (n Tonight) labels(c campaign.Campaign, i int) []string {
	labels := make([]string, 0, len(n.Strata)+1)
	for _, column := range n.Strata {
		labels = append(labels, column[i])
	}
	for _, channel := range c.Channels {
		if reach, limited := n.Reach[channel]; !limited || reach[i] {
			return append(labels, channel)
		}
	}
	return append(labels, "")
}

// effects are those of a measured campaign by cell.
type effects struct {
	drawn Drawn
	basis Basis
	cells []experiment.Cell
}

// measured are the campaigns whose arms compare, and of which enough have bought. One that
// still runs counts with what its customers have brought so far, which is less than what
// they will.
func (e Evidence) measured(factors int) (all []effects) {
	for _, d := range e.Campaigns {
		if d.Name == campaign.HoldoutName {
			continue
		}
		t := e.trial(d)
		arms := experiment.NewArms(t.treated, t.share)
		if !arms.Measurable() || !arms.Enough(t.margin) || experiment.Alarming(arms.SampleRatio()) {
			continue
		}
		adjusted, _ := arms.Adjust(t.margin, t.forecast)
		if cells := arms.Cells(adjusted, t.labels(factors)); len(cells) > 0 {
			all = append(all, effects{d, basis(t, arms, adjusted, e.AsOf), cells})
		}
	}
	slices.SortFunc(all, func(a, b effects) int { return strings.Compare(a.drawn.Name, b.drawn.Name) })
	return all
}

// basis is a campaign as others rest on it.
func basis(t trial, arms experiment.Arms, adjusted []float64, asOf calendar.Day) Basis {
	d := arms.Difference(adjusted)
	return Basis{t.drawn.Name, arms.Judge(d, t.ended(asOf)), len(t.of), arms.Size(adjusted).Needed(d.Effect)}
}

// labels are the strata of the customers at their draws, and the channel, by column. Who was
// drawn when other strata were told apart, as before a job had tiers, has none.
func (t trial) labels(factors int) [][]string {
	columns := make([][]string, factors)
	for f := range columns {
		columns[f] = make([]string, len(t.of))
		for i, a := range t.of {
			if len(a.Strata) == factors {
				columns[f][i] = a.Strata[f]
			}
		}
	}
	return columns
}

// basisOf are the campaigns by which one goes: itself or, where it was not measured, those of
// one of its channels, or else several of any.
func basisOf(c campaign.Campaign, measured []effects) []effects {
	var sameChannel []effects
	for _, m := range measured {
		if m.drawn.Name == c.Name {
			return []effects{m}
		}
		if slices.ContainsFunc(m.drawn.Channels, func(ch string) bool { return slices.Contains(c.Channels, ch) }) {
			sameChannel = append(sameChannel, m)
		}
	}
	const several = 2 // campaigns, of which no single one speaks for all channels
	switch {
	case len(sameChannel) > 0:
		return sameChannel
	case len(measured) >= several:
		return measured
	}
	return nil
}

// expectation gives effects by labels, of the campaigns by which one goes.
func expectation(c campaign.Campaign, from []effects) func(labels []string) (effect, variance float64) {
	if from[0].drawn.Name == c.Name {
		s := experiment.Shrink(from[0].cells, len(from[0].cells[0].Labels))
		return s.Effect
	}
	return borrowed(from)
}

// borrowed is what is expected of a campaign that is like others. The campaign is one more
// factor, and the new one a label of it that was not measured: its effect is expected to be
// the mean of all, with the variance between campaigns added.
func borrowed(from []effects) func(labels []string) (effect, variance float64) {
	var cells []experiment.Cell
	for _, m := range from {
		for _, cell := range m.cells {
			cell.Labels = append([]string{m.drawn.Name}, cell.Labels...)
			cells = append(cells, cell)
		}
	}
	s := experiment.Shrink(cells, len(cells[0].Labels))
	return func(labels []string) (effect, variance float64) {
		const another = "" // no campaign has this name
		return s.Effect(append([]string{another}, labels...))
	}
}
