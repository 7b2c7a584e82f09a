package explain

import (
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
)

// tier says the tier, what keeps it and what the next one takes.
func (w writer) tier() (Block, bool) {
	t := w.Tier
	if t == nil {
		return Block{}, false
	}
	b := Block{Title: w.say.Say("explain.head.tier")}
	add := func(text string) { b.Lines = append(b.Lines, text) }
	if t.Tier == "" {
		add(w.say.Say("explain.tier_none"))
	} else {
		since := ""
		if t.Since != nil {
			since = dayText(*t.Since)
		}
		add(w.say.Say("explain.tier", "tier", t.Label, "since", since))
	}
	switch {
	case t.Tier == "" || t.Until == nil:
	case t.Status == "active" && t.Keep != nil && t.Keep.Limit != nil:
		add(w.say.Say("explain.tier_limited", "until", dayText(*t.Until))) // any night may take it
	default:
		add(w.say.SayOf("explain.tier_status", t.Status, "until", dayText(*t.Until)))
	}
	if t.Warning != nil {
		due, _ := cell[publication.Day](t.Warning, "due")
		if to := textOf(t.Warning, "falls_to"); to != "" {
			add(w.say.Say("explain.tier_warning", "due", dayText(due), "to", to))
		} else {
			add(w.say.Say("explain.tier_warning_none", "due", dayText(due)))
		}
	}
	if t.Keep != nil && t.Keep.By != nil {
		add(w.goal(w.say.Say("explain.tier_keep", "tier", t.Keep.Tier, "by", dayText(*t.Keep.By)), t.Keep))
	}
	if t.Next != nil {
		add(w.goal(w.say.Say("explain.tier_next", "tier", t.Next.Tier), t.Next))
	}
	if t.Reason != "" {
		add(w.say.Say("explain.tier_reason", "reason", t.Reason))
	}
	return b, true
}

// goal says what a tier takes, after a beginning.
func (w writer) goal(begin string, g *Goal) string {
	var needs []string
	for _, n := range g.All {
		needs = append(needs, w.need(n))
	}
	if len(g.Any) > 0 {
		var others []string
		for _, n := range g.Any {
			others = append(others, w.need(n))
		}
		needs = append(needs, w.say.Say("explain.one_of", "list", w.say.List(others...)))
	}
	text := begin + w.say.List(needs...) + w.say.Say("explain.stop")
	if g.From != nil && w.counts(g) {
		text += w.say.Say("explain.counts_from", "day", dayText(*g.From))
	}
	if g.Limit != nil {
		text += w.say.Say("explain.limited")
	}
	return text
}

// counts tells whether anything of a goal is counted by day.
func (w writer) counts(g *Goal) bool {
	for _, n := range append(g.All[:len(g.All):len(g.All)], g.Any...) {
		if _, now := column.Named(column.Metrics, n.Metric); !now && calendar.Day(*g.From) > w.Columns.Day(column.FirstDay) {
			return true
		}
	}
	return false
}

// need says what is needed of a metric, and what is there.
func (w writer) need(n Need) string {
	family := n.Metric
	if !w.say.Has("explain.metric", family) {
		family = "mapped" // a column of the exports
	}
	need := w.say.SayOf("explain.metric", family, "need", w.metricValue(n.Metric, n.Need), "metric", n.Metric)
	switch {
	case n.Have == nil:
		return need
	case *n.Missing > 0:
		return w.say.Say("explain.need_more", "need", need,
			"have", w.metricValue(n.Metric, *n.Have), "missing", w.metricValue(n.Metric, *n.Missing))
	}
	return w.say.Say("explain.need_met", "need", need, "have", w.metricValue(n.Metric, *n.Have))
}

// metricValue writes a number of a metric: money as money, chances as such.
func (w writer) metricValue(metric string, v float64) string {
	switch metric {
	case "spend", column.CLV.Name, column.PastValue.Name, column.FutureValue.Name, column.Monetary.Name:
		return moneyText(v)
	case column.PAlive.Name:
		return chance(v)
	}
	return quantity(v)
}
