package campaign

import (
	"clientele/internal/calendar"
	"clientele/segment/experiment"
)

// drawHoldout draws every customer of the night who has no place in the holdout yet,
// contactable or not: who may be contacted changes, and who is compared must not.
//
// Where the job states no holdout, nobody is held out, and what was drawn is kept: a line
// that is missing for one night must not draw everybody anew.
func (d *decision) drawHoldout() {
	rule := d.rules.Holdout
	if rule == nil {
		return
	}
	if since := rule.since(d.since, d.night.Day); since != d.since {
		d.since = since
		delete(d.remembered, HoldoutName)
	}
	known := make([]bool, len(d.night.ID))
	at := cursor{ids: d.night.ID}
	for _, a := range d.remembered[HoldoutName] {
		if i := at.find(a.Customer); i >= 0 {
			known[i], d.inHoldout[i] = true, a.Arm == Control
		}
	}
	d.drawn[HoldoutName] = &draw{
		campaign: Campaign{Name: HoldoutName, Control: rule.Share},
		entries:  d.holdoutDraws(rule.Share, known),
	}
}

// holdoutDraws draws those who are not known yet.
func (d *decision) holdoutDraws(share float64, known []bool) []entry {
	draws := experiment.NewDraws(d.rules.Seed, holdoutExperiment(d.since))
	var drawn []entry
	for i, id := range d.night.ID {
		if !known[i] {
			d.inHoldout[i] = draws.Of(id) < share
			drawn = append(drawn, entry{customer: int32(i), treated: !d.inHoldout[i]})
		}
	}
	return drawn
}

// holdoutExperiment is the name that the holdout is drawn by. It has the day since which
// the holdout is in force, so that a new holdout is a new draw, and a space, which no
// campaign's name has.
func holdoutExperiment(since calendar.Day) string {
	return HoldoutName + " since " + calendar.Format(since)
}

// since is the day on which the holdout of a day was drawn first. Whole periods are counted
// one by one, so that it makes no difference on which nights that was asked.
func (h Holdout) since(before, day calendar.Day) calendar.Day {
	if before == 0 || before == calendar.NoDay {
		return day
	}
	if h.Refresh.IsZero() {
		return before
	}
	for next := h.Refresh.After(before, 1); next <= day; next = h.Refresh.After(next, 1) {
		before = next
	}
	return before
}
