package pictures

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/chart"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// loss is customers who are slipping, and what is at stake with them.
type loss struct {
	customers int64
	value     money.Amount
}

// losses are those of each tier and stage.
type losses map[[2]string]loss

// lossesOf adds up at_risk.csv, and gives the tiers and the stages that are in it.
func (a *Album) lossesOf() (all losses, tiers, stages []string, err error) {
	all = losses{}
	err = a.night.EachRow(column.AtRisk, func(r *publication.ListRow) bool {
		at := [2]string{r.Text(column.Tier.Name), r.Text(column.LifecycleStage.Name)}
		all[at] = loss{all[at].customers + 1, all[at].value.Plus(r.Amount(column.ValueAtRisk.Name))}
		if !slices.Contains(tiers, at[0]) {
			tiers = append(tiers, at[0])
		}
		if !slices.Contains(stages, at[1]) {
			stages = append(stages, at[1])
		}
		return true
	})
	a.inOrderOf("tier", tiers)
	a.inOrderOf("stage", stages)
	return all, tiers, stages, err
}

// atRisk draws what is at stake with customers who are slipping, by tier and by stage.
func (a *Album) atRisk() (Picture, error) {
	if !a.night.HasList(column.AtRisk) {
		return Picture{}, a.needs(AtRisk, "at_risk")
	}
	if a.looking {
		return Picture{}, errReads
	}
	losses, tiers, stages, err := a.lossesOf()
	if err != nil {
		return Picture{}, err
	}
	if len(losses) == 0 {
		return Picture{}, a.needs(AtRisk, "nobody_slips")
	}
	p := Picture{Table: Table{Columns: []Column{a.label("tier"), a.label("stage"), a.column("customers"), a.column("value_at_risk")}}}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.value_at_risk", "currency", a.currency())}
	tierLabel, stageLabel := a.labels("tier"), a.labels("stage")
	for i, stage := range stages {
		rows.Legend = append(rows.Legend, chart.Key{Name: stageLabel(stage), Hue: hue(i)})
	}
	for _, tier := range tiers {
		row, at := chart.Row{Name: tierLabel(tier)}, money.Amount{}
		for i, stage := range stages {
			l, some := losses[[2]string{tier, stage}]
			if !some {
				continue
			}
			p.Table.add(named(tier, row.Name), named(stage, stageLabel(stage)), counted(l.customers), amount(l.value))
			to := at.Plus(l.value)
			row.Bars = append(row.Bars, chart.Span{From: at.Float(), To: to.Float(), Hue: hue(i), Text: row.Name + ", " + stageLabel(stage) + ": " + figures.Money(l.value.Float())})
			at = to
		}
		row.Text = figures.Money(at.Float())
		rows.Rows = append(rows.Rows, row)
	}
	p.Figure.Form = rows
	return p, nil
}

// inOrderOf sorts names as segments.csv has the groups of a kind.
func (a *Album) inOrderOf(kind string, names []string) {
	place := map[string]int{}
	for i, g := range a.groups(kind) {
		place[g.Name] = i
	}
	slices.SortStableFunc(names, func(x, y string) int { return place[x] - place[y] })
}
