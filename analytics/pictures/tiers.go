package pictures

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

func (a *Album) tierFlow() (Picture, error) { return a.flow(TierFlow, "tier", column.Tier) }

// tierMoves draws who came to each tier and who left it between two nights, upwards and
// downwards apart.
func (a *Album) tierMoves() (Picture, error) {
	if err := a.bothGrouped(TierMoves, "tier"); err != nil {
		return Picture{}, err
	}
	groups := a.groups("tier") // the highest first, members of none last
	p := Picture{Table: Table{Columns: []Column{a.label("tier"), a.column("members"), a.column("rose_in"), a.column("fell_in"), a.column("rose_out"), a.column("fell_out")}}}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.left_and_came"), Whole: true, Legend: []chart.Key{
		{Name: a.say.Say("pictures.legend.rose"), Hue: chart.Up}, {Name: a.say.Say("pictures.legend.fell"), Hue: chart.Down},
	}}
	label := a.labels("tier")
	all := movesOf(groups, a.flowOf(column.Tier))
	if !slices.ContainsFunc(all, func(m moves) bool { return m != moves{} }) {
		return Picture{}, a.needs(TierMoves, "nobody_moved")
	}
	for i, m := range all {
		name := label(groups[i].Name)
		p.Table.add(named(groups[i].Name, name), counted(groups[i].Customers), counted(m.roseIn), counted(m.fellIn), counted(m.roseOut), counted(m.fellOut))
		rows.Rows = append(rows.Rows, m.row(name))
	}
	p.Figure.Form = rows
	return p, nil
}

// moves are those who came to a tier and those who left it.
type moves struct{ roseIn, fellIn, roseOut, fellOut int64 }

// movesOf counts them for each tier. Who is in none of the tiers on one of both nights, as
// newcomers are, comes from below all and leaves to there.
func movesOf(tiers []publication.Group, counts map[[2]string]int64) []moves {
	all, place := make([]moves, len(tiers)), map[string]int{nowhere: len(tiers)}
	for i, g := range tiers {
		place[g.Name] = i
	}
	for pair, n := range counts {
		from, to := place[pair[0]], place[pair[1]]
		if from == to {
			continue
		}
		rises := to < from
		if to < len(tiers) {
			if rises {
				all[to].roseIn += n
			} else {
				all[to].fellIn += n
			}
		}
		if from < len(tiers) {
			if rises {
				all[from].roseOut += n
			} else {
				all[from].fellOut += n
			}
		}
	}
	return all
}

// row draws who came to the right and who left to the left.
func (m moves) row(name string) chart.Row {
	span := func(n int64, hue chart.Hue, from, to int64) chart.Span {
		return chart.Span{From: float64(from), To: float64(to), Hue: hue, Text: name + ": " + figures.Count(n)}
	}
	return chart.Row{
		Name: name, Text: "+" + figures.Count(m.roseIn+m.fellIn) + " −" + figures.Count(m.roseOut+m.fellOut),
		Bars: []chart.Span{
			span(m.roseIn, chart.Up, 0, m.roseIn), span(m.fellIn, chart.Down, m.roseIn, m.roseIn+m.fellIn),
			span(m.roseOut, chart.Up, -m.roseOut, 0), span(m.fellOut, chart.Down, -m.roseOut-m.fellOut, -m.roseOut),
		},
	}
}
