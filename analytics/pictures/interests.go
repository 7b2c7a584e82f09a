package pictures

import (
	"clientele/internal/chart"
	"clientele/internal/figures"
)

// lostInterests draws where most customers lose interest: by category and segment.
func (a *Album) lostInterests() (Picture, error) {
	i := a.night.Interests
	if i == nil {
		return Picture{}, a.needs(LostInterests, "interests")
	}
	if len(i.Losing) == 0 {
		return Picture{}, a.needs(LostInterests, "none_lost")
	}
	p := Picture{Table: Table{Columns: []Column{a.label("category"), a.label("segment"), a.column("regulars"), a.column("lost"), a.column("share"), a.column("shift")}}}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.share_lost"), Label: percentLabel}
	label := a.labels("rfm")
	for _, l := range i.Losing {
		segment := named(l.Segment, label(l.Segment))
		p.Table.add(texted(l.Category), segment, counted(l.Regulars), counted(l.Lost), share(l.Share), number(l.Shift, 2))
		name := l.Category
		if l.Segment != "" {
			name += ", " + segment.Text
		}
		rows.Rows = append(rows.Rows, chart.Row{
			Name: name, Text: a.say.Say("pictures.cell.of", "some", figures.Count(l.Lost), "all", figures.Count(l.Regulars)), Bars: []chart.Span{{To: l.Share, Hue: chart.Hue2}},
		})
	}
	p.Figure.Form = rows
	return p, nil
}
