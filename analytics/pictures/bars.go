package pictures

import (
	"clientele/analytics/publication/column"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

// rfmBars draws how many customers have each score of money, in a grid of their scores of
// recency and frequency.
func (a *Album) rfmBars() (Picture, error) {
	if err := a.scoredStates(RFMBars); err != nil {
		return Picture{}, err
	}
	r, f, m := a.now.Counts(column.R), a.now.Counts(column.F), a.now.Counts(column.M)
	counts, most := map[[3]int64]int64{}, int64(0)
	for i := range r {
		counts[[3]int64{r[i], f[i], m[i]}]++
		most = max(most, r[i], f[i], m[i])
	}
	p := Picture{Table: Table{Columns: []Column{a.column("r"), a.column("f"), a.column("m"), a.column("customers")}}}
	form := chart.Facets{XTitle: a.say.Say("pictures.axis.r"), YTitle: a.say.Say("pictures.axis.f"), Title: a.say.Say("pictures.axis.m")}
	for score := int64(1); score <= most; score++ {
		form.Columns = append(form.Columns, figures.Count(score))
		form.Names = append(form.Names, figures.Count(score))
	}
	for y := most; y >= 1; y-- {
		form.Rows = append(form.Rows, figures.Count(y))
		row := make([][]float64, most)
		for x := range row {
			for score := int64(1); score <= most; score++ {
				at := [3]int64{int64(x) + 1, y, score}
				row[x] = append(row[x], float64(counts[at]))
				if counts[at] > 0 {
					p.Table.add(counted(at[0]), counted(at[1]), counted(at[2]), counted(counts[at]))
				}
			}
		}
		form.Bars = append(form.Bars, row)
	}
	p.Figure.Form = form
	return p, nil
}
