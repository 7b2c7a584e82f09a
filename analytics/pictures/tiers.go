package pictures

import (
	"clientele/analytics/publication/column"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

func (a *Album) tierFlow() (Picture, error) { return a.flow(TierFlow, "tier", column.Tier) }

// tierMoves draws who came to each tier and who left it between two nights, upwards and
// downwards apart.
func (a *Album) tierMoves() (Picture, error) {
	if err := a.both(TierMoves); err != nil {
		return Picture{}, err
	}
	if a.now.Texts(column.Tier) == nil {
		return Picture{}, a.needs(TierMoves, "tier")
	}
	if a.then.Texts(column.Tier) == nil {
		return Picture{}, a.needs(TierMoves, "kind_before")
	}
	groups, counts := a.groups("tier"), a.flowOf(column.Tier) // the highest first, members of none last
	place := map[string]int{nowhere: len(groups)}
	for i, g := range groups {
		place[g.Name] = i
	}
	moves := make([]struct{ up, down, roseOut, fellOut int64 }, len(groups))
	for pair, n := range counts {
		from, to := place[pair[0]], place[pair[1]]
		for i, end := range []int{from, to} {
			if from == to || end >= len(groups) {
				continue
			}
			arrives, rises := i == 1, to < from
			switch {
			case arrives && rises:
				moves[end].up += n
			case arrives:
				moves[end].down += n
			case rises:
				moves[end].roseOut += n
			default:
				moves[end].fellOut += n
			}
		}
	}
	p := Picture{Table: Table{Columns: []Column{a.label("tier"), a.column("members"), a.column("rose_in"), a.column("fell_in"), a.column("rose_out"), a.column("fell_out")}}}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.left_and_came"), Legend: []chart.Key{
		{Name: a.say.Say("pictures.legend.rose"), Hue: chart.Up}, {Name: a.say.Say("pictures.legend.fell"), Hue: chart.Down},
	}}
	label := a.labels("tier")
	for i, g := range groups {
		m := moves[i]
		p.Table.add(named(g.Name, label(g.Name)), counted(g.Customers), counted(m.up), counted(m.down), counted(m.roseOut), counted(m.fellOut))
		say := func(n int64, hue chart.Hue, from, to int64) chart.Span {
			return chart.Span{From: float64(from), To: float64(to), Hue: hue, Text: label(g.Name) + ": " + figures.Count(n)}
		}
		rows.Rows = append(rows.Rows, chart.Row{
			Name: label(g.Name), Text: "+" + figures.Count(m.up+m.down) + " −" + figures.Count(m.roseOut+m.fellOut),
			Bars: []chart.Span{
				say(m.up, chart.Up, 0, m.up), say(m.down, chart.Down, m.up, m.up+m.down),
				say(m.roseOut, chart.Up, -m.roseOut, 0), say(m.fellOut, chart.Down, -m.roseOut-m.fellOut, -m.roseOut),
			},
		})
	}
	p.Figure.Form = rows
	return p, nil
}
