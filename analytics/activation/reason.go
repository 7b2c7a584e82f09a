package activation

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/figures"
	"clientele/internal/wording"
	"clientele/segment/campaign"
)

// teller says why a customer is contacted, in words that may be said to them: what they
// know of themselves, and nothing of what the shop thinks of them.
type teller struct {
	*night
	say      wording.Language
	labels   publication.Labels
	currency string
	missing  map[string]missing // what keeps the tier of those who are about to lose it
}

// missing is what a member still needs by a day.
type missing struct {
	metric string
	amount float64
	due    calendar.Day
}

// teller reads what is to be said of customers beside what campaigns go by.
func (n *night) teller(p *publication.Publication, say wording.Language) (teller, error) {
	settings, err := p.Settings.Flat()
	if err != nil {
		return teller{}, err
	}
	t := teller{night: n, say: say, labels: publication.LabelsIn(say, p), currency: settings["currency"], missing: map[string]missing{}}
	err = p.EachRow(column.TiersWarnings, func(row *publication.ListRow) bool {
		m := missing{strings.Clone(row.Text("metric")), row.Number("shortfall"), row.Day("due")}
		if say.Has("activation.keep", m.metric) && m.amount > 0 && m.due != calendar.NoDay {
			t.missing[strings.Clone(row.Text(column.CustomerID.Name))] = m
		}
		return true
	})
	if errors.Is(err, fs.ErrNotExist) { // there is no programme
		err = nil
	}
	return t, err
}

// reason is what may be said to a customer: when they bought last and how often they do,
// their tier and what keeps it, and the offer.
func (t teller) reason(l campaign.Listed, offer string) string {
	i := t.at(l.Customer)
	last := t.lastDay[i]
	text := t.say.Say("activation.last", "day", calendar.Format(last))
	if gap := usualGap(t.history[l.Customer].Days); gap > 0 && l.Day-last > gap {
		text += t.say.Say("activation.usual", "days", int64(gap))
	}
	if tier := t.tier[i]; tier != "" {
		text += t.say.Say("activation.tier", "tier", t.labels.Of(column.ByTier.Name, tier))
		if m, is := t.missing[l.Customer]; is {
			text += t.say.SayOf("activation.keep", m.metric, "missing", t.quantity(m), "due", calendar.Format(m.due))
		}
	}
	if offer != "" {
		text += t.say.Say("activation.offer", "offer", offer)
	}
	return text
}

// quantity writes how much is missing: money with its cents and the currency.
func (t teller) quantity(m missing) string {
	if m.metric != "spend" {
		return figures.Count(int64(m.amount + 0.5))
	}
	const cents figures.MoneyFormat = "#,###.##"
	return strings.TrimSpace(cents.Money(m.amount) + " " + t.currency)
}

// usualGap is the median of the days between purchases; 0 where there are fewer than two
// of them to tell. Of an even number it is the longer of the two in the middle.
func usualGap(days []calendar.Day) calendar.Day {
	const least = 3 // purchase days, for two gaps
	if len(days) < least {
		return 0
	}
	gaps := make([]calendar.Day, len(days)-1)
	for i := range gaps {
		gaps[i] = days[i+1] - days[i]
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}
