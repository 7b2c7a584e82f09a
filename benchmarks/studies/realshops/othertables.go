package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// setNames are the names of all sets, and what a row has for each.
func (p printer) setNames(first string) []string {
	names := []string{first}
	for _, s := range p.now.Sets {
		names = append(names, s.Name)
	}
	return names
}

// areas prints how well each rule ranks customers.
func (p printer) areas(title string, of func(r returning) map[string]figure) {
	p.head(title, append(p.setNames("ranked by"), "real sets")...)
	names := []string{"p_next"}
	for _, r := range rankings {
		names = append(names, r.name)
	}
	for _, name := range names {
		m := measure{of: areaBy(name, of)}
		cells := []string{name}
		for _, s := range p.now.Sets {
			cells = append(cells, p.cell("%.3f", func(r results) float64 { return m.over(r.named(s.Name)) }))
		}
		p.line(append(cells, p.cell("%.3f", func(r results) float64 { return m.over(r.real()) }))...)
	}
}

// list adds up a rule's calls over the quarters of a set.
func (r results) list(set, rule string) (l list) {
	for _, s := range r.named(set) {
		for _, q := range s.quarters() {
			l.merge(q.Lists[rule])
		}
	}
	return l
}

// lists prints who was called in decline and what became of them.
func (p printer) lists() {
	const right = "Called in decline: precision / recall, of customers who should have bought twice or more in 91 days; right is less than half the own pace until then"
	p.listTable(right, func(l list) string {
		return formatted("%.2f", l.precision()) + " / " + formatted("%.3f", l.recall())
	})
	p.listTable("Share called, of customers who had come back", func(l list) string {
		return formatted("%.3f", float64(l.Called)/float64(l.Repeats))
	})
	p.listTable("Share of all those called who went on: bought, and at half the former pace or more", func(l list) string {
		return formatted("%.3f", float64(l.WentOn)/float64(l.Called))
	})
	p.listTable("What all those called bought, over their former pace", func(l list) string {
		return formatted("%.2f", float64(l.Bought/l.Pace))
	})
}

func (p printer) listTable(title string, of func(l list) string) {
	p.head(title, p.setNames("called by")...)
	for _, rule := range callers {
		cells := []string{rule.name}
		for _, s := range p.now.Sets {
			text := of(p.now.list(s.Name, rule.name))
			if p.before.Sets != nil {
				text = of(p.before.list(s.Name, rule.name)) + " → " + text
			}
			cells = append(cells, text)
		}
		p.line(cells...)
	}
}

// momentum prints what customers went on at.
func (p printer) momentum() {
	p.head("Pace in the next 91 days over the former: expected, actual (customers), of those who had come back", p.setNames("momentum")...)
	for bin := range paceBins {
		cells := []string{binName(bin)}
		for _, s := range p.now.Sets {
			text := p.now.pace(s.Name, bin)
			if p.before.Sets != nil {
				text = p.before.pace(s.Name, bin) + " → " + text
			}
			cells = append(cells, text)
		}
		p.line(cells...)
	}
}

func binName(bin int) string {
	switch bin {
	case 0:
		return fmt.Sprintf("below %v", paceEdges[0])
	case len(paceEdges):
		return fmt.Sprintf("%v or more", paceEdges[bin-1])
	}
	return fmt.Sprintf("%v to %v", paceEdges[bin-1], paceEdges[bin])
}

func (r results) pace(set string, bin int) string {
	var b paced
	for _, s := range r.named(set) {
		for _, q := range s.quarters() {
			b.merge(q.Paces[bin])
		}
	}
	if b.Customers == 0 {
		return "-"
	}
	return fmt.Sprintf("%s, %s (%d)", formatted("%.2f", float64(b.Expected/b.Pace)), formatted("%.2f", float64(b.Bought/b.Pace)), b.Customers)
}

// stages prints how many of each stage bought in the next quarter.
func (p printer) stages() {
	p.head("Share who bought within 91 days (customers), by stage and kind of decline", p.setNames("stage")...)
	names := map[string]bool{}
	for _, r := range []results{p.before, p.now} {
		for _, s := range r.Sets {
			for _, q := range s.quarters() {
				for name := range q.Stages {
					names[name] = true
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		cells := []string{name}
		for _, s := range p.now.Sets {
			text := p.now.came(s.Name, name)
			if p.before.Sets != nil {
				text = p.before.came(s.Name, name) + " → " + text
			}
			cells = append(cells, text)
		}
		p.line(cells...)
	}
}

func (r results) came(set, name string) string {
	var n, came int
	for _, s := range r.named(set) {
		for _, q := range s.quarters() {
			n, came = n+q.Stages[name].Customers, came+q.Stages[name].Came
		}
	}
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%s (%d)", formatted("%.2f", float64(came)/float64(n)), n)
}

// yardsticks prints what others have published of the same customers.
func (p printer) yardsticks() {
	p.head("Outside yardsticks", "what", "here", "by", "published")
	for _, y := range []struct {
		what, set, origin string
		of                func(r run) float64
		by, published     string
	}{
		{"CDNOW to 1997-12-31, who returns in the first half of 1998: area", "cdnow", "1997-12-31", func(r run) float64 { return float64(r.Return.Area["p_next"]) }, "Pareto/NBD", ".7998"},
		{"the same: log loss", "cdnow", "1997-12-31", func(r run) float64 { return float64(r.Return.LogLoss) }, "Pareto/NBD", ".4208"},
		{"grocery to 2006-12-31, 2007: abs errors over purchases", "grocery", "2006-12-31", func(r run) float64 { return float64(r.Purchases.Error / r.Purchases.Actual) }, "Pareto/GGG (MBG/CNBD-2)", ".621 (.644)"},
	} {
		if len(p.now.named(y.set)) > 0 {
			p.line(y.what, p.cell("%.4f", func(r results) float64 { return r.longest(y.set, y.origin, y.of) }), y.by, y.published)
		}
	}
}

// longest is a figure of the run that looks farthest ahead from an origin.
func (r results) longest(set, origin string, of func(r run) float64) float64 {
	days, value := int32(0), math.NaN()
	for _, s := range r.named(set) {
		for _, q := range s.Runs {
			if q.Origin == origin && q.Days > days {
				days, value = q.Days, of(q)
			}
		}
	}
	return value
}
