package activation

import (
	"slices"

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
func (e Evidence) Uplift(of []campaign.Campaign, n Tonight) map[string][]float64 {
	measured := e.measured(len(n.Strata) + 1)
	out := map[string][]float64{}
	for _, c := range of {
		expected := expectation(c, measured)
		if expected == nil {
			continue
		}
		column := make([]float64, n.Customers)
		for i := range column {
			column[i], _ = expected(n.labels(c, i))
		}
		out[c.Name] = column
	}
	return out
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
			all = append(all, effects{d, cells})
		}
	}
	return all
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

// expectation gives effects by labels; nil: nothing is known.
func expectation(c campaign.Campaign, measured []effects) func(labels []string) (effect, variance float64) {
	var sameChannel []effects
	for _, m := range measured {
		if m.drawn.Name == c.Name {
			s := experiment.Shrink(m.cells, len(m.cells[0].Labels))
			return s.Effect
		}
		if slices.ContainsFunc(m.drawn.Channels, func(ch string) bool { return slices.Contains(c.Channels, ch) }) {
			sameChannel = append(sameChannel, m)
		}
	}
	const several = 2 // campaigns, of which no single one speaks for all channels
	switch {
	case len(sameChannel) > 0:
		return borrowed(sameChannel)
	case len(measured) >= several:
		return borrowed(measured)
	}
	return nil
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
