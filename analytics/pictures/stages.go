package pictures

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

// Places where customers are who are not there on one of both nights.
const (
	notYet  = "not_yet"  // they first bought since, or their rows came late
	noMore  = "no_more"  // deleted, or merged into another
	nowhere = "\x00none" // no group is called so
)

// flowOf counts customers by their groups on both nights.
func (a *Album) flowOf(c *column.Column) map[[2]string]int64 {
	then, now := a.then.Texts(c), a.now.Texts(c)
	counts := map[[2]string]int64{}
	for i, at := range a.was {
		from := nowhere
		if at >= 0 {
			from = then.At(at)
		}
		counts[[2]string{from, now.At(i)}]++
	}
	for _, at := range a.gone {
		counts[[2]string{then.At(at), nowhere}]++
	}
	return counts
}

// flow draws where customers of each group went from one night to the next. The groups
// are in the order of the names given.
func (a *Album) flow(picture, kind string, c *column.Column) (Picture, error) {
	if err := a.bothGrouped(picture, kind); err != nil {
		return Picture{}, err
	}
	counts := a.flowOf(c)
	names := namesIn(a.groups(kind), counts)
	label := a.labels(kind)
	form := chart.Flow{FromTitle: a.before.AsOf, ToTitle: a.night.AsOf, Label: func(v float64) string { return figures.Count(int64(v)) }}
	p := Picture{Table: Table{Columns: []Column{a.label("from"), a.label("to"), a.column("customers")}}}
	for i, name := range names {
		form.Boxes = append(form.Boxes, chart.Key{Name: label(name), Hue: hue(i)})
	}
	form.Boxes = append(form.Boxes,
		chart.Key{Name: a.say.Say("pictures.flow.not_yet"), Hue: chart.Faint}, chart.Key{Name: a.say.Say("pictures.flow.no_more"), Hue: chart.Faint})
	for i, from := range append(slices.Clone(names), nowhere) {
		for j, to := range append(slices.Clone(names), nowhere) {
			n := counts[[2]string{from, to}]
			if n == 0 {
				continue
			}
			fromCell, toCell := named(from, label(from)), named(to, label(to))
			if from == nowhere {
				fromCell = named(notYet, a.say.Say("pictures.flow.not_yet"))
			}
			if to == nowhere {
				toCell, j = named(noMore, a.say.Say("pictures.flow.no_more")), j+1
			}
			form.Streams = append(form.Streams, chart.Stream{From: i, To: j, Size: float64(n)})
			p.Table.add(fromCell, toCell, counted(n))
		}
	}
	p.Figure.Form = form
	return p, nil
}

// namesIn are the names of groups, those of tonight first, in their order.
func namesIn(groups []publication.Group, counts map[[2]string]int64) []string {
	var names, others []string
	for _, g := range groups {
		names = append(names, g.Name)
	}
	for pair := range counts {
		for _, name := range pair {
			if name != nowhere && !slices.Contains(names, name) && !slices.Contains(others, name) {
				others = append(others, name)
			}
		}
	}
	slices.Sort(others)
	return append(names, others...)
}

func (a *Album) stageFlow() (Picture, error) {
	return a.flow(StageFlow, "stage", column.LifecycleStage)
}

// declines draws how many are in decline, by its kind and the stage it began in.
func (a *Album) declines() (Picture, error) {
	stages := a.groups("stage")
	if len(stages) == 0 {
		return Picture{}, a.needs(Declines, "stage")
	}
	p := Picture{Table: Table{Columns: []Column{a.label("decline"), a.label("decline_from"), a.column("customers")}}}
	label, counts := a.labels("stage"), map[[2]string]int64{}
	var kinds, began []string
	for _, d := range a.night.Declines {
		counts[[2]string{d.Decline, d.From}] += d.Customers
		if !slices.Contains(kinds, d.Decline) {
			kinds = append(kinds, d.Decline)
		}
		if !slices.Contains(began, d.From) {
			began = append(began, d.From)
		}
		p.Table.add(named(d.Decline, a.say.SayOf("decline", d.Decline)), named(d.From, label(d.From)), counted(d.Customers))
	}
	if len(kinds) == 0 {
		return Picture{}, a.needs(Declines, "nobody_declines")
	}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.customers"), Whole: true}
	for i, from := range began {
		rows.Legend = append(rows.Legend, chart.Key{Name: a.say.Say("pictures.legend.began_in", "stage", label(from)), Hue: hue(i)})
	}
	for _, kind := range kinds {
		row, at := chart.Row{Name: a.say.SayOf("decline", kind)}, int64(0)
		for i, from := range began {
			if n := counts[[2]string{kind, from}]; n > 0 {
				row.Bars = append(row.Bars, chart.Span{
					From: float64(at), To: float64(at + n), Hue: hue(i), Text: row.Name + ", " + rows.Legend[i].Name + ": " + figures.Count(n),
				})
				at += n
			}
		}
		row.Text = figures.Count(at)
		rows.Rows = append(rows.Rows, row)
	}
	p.Figure.Form = rows
	return p, nil
}

// earlierDeclines draws what became of those who were called in decline on earlier nights.
func (a *Album) earlierDeclines() (Picture, error) {
	p := Picture{Table: Table{Columns: []Column{a.label("as_of"), a.column("days"), a.column("customers"), a.column("came_back"), a.column("went_on")}}}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.share_of_called"), Label: percentLabel, Legend: []chart.Key{
		{Name: a.say.Say("pictures.legend.went_on"), Hue: chart.Hue2}, {Name: a.say.Say("pictures.legend.came_back"), Hue: chart.Hue5}, {Name: a.say.Say("pictures.legend.stayed_away"), Hue: chart.Hue1},
	}}
	for _, night := range a.night.Audit {
		d := night.Declined
		if d == nil || d.Customers == 0 {
			continue
		}
		all, back := float64(d.Customers), float64(d.CameBack)
		went, wentCell := 0., Cell{Text: nothing}
		if d.WentOn != nil {
			went, wentCell = float64(*d.WentOn), counted(*d.WentOn)
		}
		p.Table.add(texted(night.AsOf), counted(night.Days), counted(d.Customers), counted(d.CameBack), wentCell)
		rows.Rows = append(rows.Rows, chart.Row{
			Name: night.AsOf, Text: figures.Count(d.Customers),
			Bars: []chart.Span{
				{From: 0, To: went / all, Hue: chart.Hue2, Text: rows.Legend[0].Name + ": " + wentCell.Text},
				{From: went / all, To: max(went, back) / all, Hue: chart.Hue5, Text: rows.Legend[1].Name + ": " + figures.Count(d.CameBack)},
				{From: max(went, back) / all, To: 1, Hue: chart.Hue1, Text: rows.Legend[2].Name + ": " + figures.Count(d.Customers-d.CameBack)},
			},
		})
	}
	if len(rows.Rows) == 0 {
		return Picture{}, a.needs(EarlierDeclines, "audit")
	}
	p.Figure.Form = rows
	return p, nil
}
