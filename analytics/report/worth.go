package report

import (
	"cmp"
	"slices"

	"clientele/analytics/publication"
	"clientele/internal/calendar"
)

// Worth is the section about customer equity.
type Worth struct {
	Value, Low, High string
	Currency         string
	Text             string // what it is
	Past             string // what customers have brought so far
	Width            string // what makes the interval wide
	Bridge           string // what changed since the last run, in a sentence; empty: there is none to compare with
	Concentration    string
}

func (p *Page) addWorth(r *reading) error {
	e := r.night.Equity
	if e == nil {
		reason := r.say.Say("report.off.worth")
		if m := r.night.Model; m != nil && m.Refused != "" {
			reason = r.say.Say("report.off.no_model", "reason", m.Refused)
		}
		p.leaveOut(reason)
		return nil
	}
	w := &Worth{
		Value: amount(e.Value), Low: amount(e.Low), High: amount(e.High), Currency: r.settings["currency"],
		Text:          r.say.Say("report.worth.text", "horizon", r.horizon(), "rate", percentOf(r.settings["clv.discount_rate"])),
		Width:         r.widthText(e.Width),
		Concentration: r.concentrationText(),
	}
	if past := r.night.PastValue; past != nil {
		w.Past = r.say.Say("report.worth.past", "past", exact(*past)+r.currency())
	}
	if r.before != nil && r.before.Equity != nil {
		w.Bridge = r.say.Say("report.worth.change", "before", amount(r.before.Equity.Value), "since", r.before.AsOf, "change", changeOfMoney(r.before.Equity.Value, e.Value))
	}
	p.Worth = w
	return nil
}

// widthText names what makes the interval of equity wide, the most first.
func (r *reading) widthText(w publication.EquityWidth) string {
	type reason struct {
		name  string
		width float64
	}
	money := "money"
	if r.night.Model.UntriedMoney(calendar.DayOf(r.night.Day())) {
		money = "money_untried"
	}
	reasons := []reason{{money, w.Money}, {"members", w.Members}, {"chance", w.Chance}, {"parameters", w.Parameters}}
	slices.SortStableFunc(reasons, func(a, b reason) int { return cmp.Compare(b.width, a.width) })
	return r.say.Say("report.worth.width", "first", r.say.SayOf("report.width", reasons[0].name), "second", r.say.SayOf("report.width", reasons[1].name))
}

func (r *reading) concentrationText() string {
	c := r.night.Concentration
	if c == nil || c.Holders == 0 {
		return ""
	}
	return r.say.Say("report.worth.concentration", "value", r.say.SayOf("report.value", c.Value),
		"top1", percent(c.Top1), "top5", percent(c.Top5), "top20", percent(c.Top20), "holders", c.Holders, "share", percent(c.HoldersShare), "held", percent(c.Held))
}
