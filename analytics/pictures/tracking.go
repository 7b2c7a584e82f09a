package pictures

import (
	"clientele/analytics/publication"
	"clientele/internal/chart"
)

// tracking draws repeat purchases period by period, and what the models expect.
func (a *Album) tracking() (Picture, error) { return a.track(Tracking, false) }

// cumulativeTracking draws the same, added up from the first period on.
func (a *Album) cumulativeTracking() (Picture, error) { return a.track(CumulativeTracking, true) }

func (a *Album) track(picture string, cumulative bool) (Picture, error) {
	tested, err := a.testedOf(picture)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{Table: Table{Columns: []Column{
		a.label("from"), a.label("until"), a.column("days"), a.label("foretold"), a.column("purchases"), a.column("expected_purchases"),
	}}}
	happened := chart.Line{Name: a.say.Say("pictures.legend.happened"), Hue: chart.Hue1}
	expected := chart.Line{Name: a.say.Say("pictures.legend.expected"), Hue: chart.Hue2, Dashed: true}
	longest := longestOf(tested.Tracking)
	var sumOf, sumExpected float64
	for _, t := range tested.Tracking {
		day, err := a.dayOf(publication.EvidenceFile, t.From)
		if err != nil {
			return Picture{}, err
		}
		of, by := t.Purchases, t.Expected
		if cumulative {
			if day, err = a.dayOf(publication.EvidenceFile, t.Until); err != nil {
				return Picture{}, err
			}
			sumOf, sumExpected = sumOf+of, sumExpected+by
			of, by = sumOf, sumExpected
		}
		p.Table.add(texted(t.From), texted(t.Until), counted(t.Days), a.yesOrNo(t.Foretold), number(of, 0), number(by, 1))
		if !cumulative && t.Days < longest {
			continue // a part of a period would look like a fall
		}
		happened.Points = append(happened.Points, chart.Point{X: float64(day), Y: of})
		expected.Points = append(expected.Points, chart.Point{X: float64(day), Y: by})
	}
	from, err := a.dayOf(publication.EvidenceFile, tested.From)
	if err != nil {
		return Picture{}, err
	}
	begins := float64(from)
	title := a.say.Say("pictures.axis.purchases_in", "days", longest)
	if cumulative {
		title = a.say.Say("pictures.axis.purchases_so_far")
	}
	p.Figure.Form = chart.XY{
		X: chart.Axis{Scale: chart.Days}, Y: chart.Axis{Title: title, Zero: true}, Lines: []chart.Line{expected, happened},
		Rules: []chart.Rule{{Name: a.say.Say("pictures.rule.foretold"), X: &begins}},
	}
	return p, nil
}

// longestOf is how many days a whole period has.
func longestOf(all []publication.TrackedPeriod) int32 {
	longest := int32(0)
	for _, t := range all {
		longest = max(longest, t.Days)
	}
	return longest
}

func (a *Album) yesOrNo(yes bool) Cell {
	if yes {
		return named("true", a.say.Say("pictures.yes"))
	}
	return named("false", a.say.Say("pictures.no"))
}
