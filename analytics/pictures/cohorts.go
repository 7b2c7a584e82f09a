package pictures

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"clientele/internal/calendar"
	"clientele/internal/chart"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// cohort is the customers with their first purchase in one month, or in several.
type cohort struct {
	first     calendar.Month
	name      string
	customers int64
	active    []int64        // who bought, by months since the first
	spend     []money.Amount // net, by months since the first
}

// cohorts reads activity.csv, a cohort a month.
func (a *Album) cohorts(picture string) ([]*cohort, error) {
	rows, err := a.night.ReadActivity()
	if absent(err) {
		return nil, a.needs(picture, "activity")
	}
	if err != nil {
		return nil, err
	}
	var all []*cohort
	for _, r := range rows {
		if len(all) == 0 || all[len(all)-1].first != r.Cohort {
			all = append(all, &cohort{first: r.Cohort, name: r.Cohort.String()})
		}
		c := all[len(all)-1]
		if r.Month == r.Cohort {
			c.customers = r.Customers
		}
		at := int(r.Month - r.Cohort)
		if at < 0 {
			return nil, a.night.Damaged("activity.csv", fmt.Errorf("the cohort %s has the month %s, before its first", r.Cohort, r.Month))
		}
		for len(c.active) <= at {
			c.active, c.spend = append(c.active, 0), append(c.spend, money.Amount{})
		}
		c.active[at], c.spend[at] = r.Customers, r.Spend
	}
	if all = slices.DeleteFunc(all, func(c *cohort) bool { return c.customers == 0 }); len(all) == 0 {
		return nil, a.needs(picture, "nobody")
	}
	return all, nil
}

// cohortCustomers draws which share of each cohort bought in each month since.
func (a *Album) cohortCustomers() (Picture, error) {
	all, err := a.cohorts(CohortCustomers)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{Table: Table{Columns: []Column{a.label("cohort"), a.column("months_since"), a.column("customers"), a.column("bought"), a.column("share")}}}
	grid := chart.Grid{XTitle: a.say.Say("pictures.axis.months_since"), YTitle: a.say.Say("pictures.axis.first_purchase"), Title: a.say.Say("pictures.axis.share_bought"), Label: percentLabel}
	longest := 0
	for _, c := range all {
		longest = max(longest, len(c.active))
	}
	for k := 1; k < longest; k++ { // in month 0 all have bought
		grid.Columns = append(grid.Columns, strconv.Itoa(k))
	}
	for _, c := range all {
		row := make([]chart.Cell, max(longest-1, 0))
		for k := range row {
			row[k].Value = math.NaN()
		}
		for k, n := range c.active {
			of := float64(n) / float64(c.customers)
			p.Table.add(texted(c.name), counted(k), counted(c.customers), counted(n), share(of))
			if k > 0 {
				row[k-1] = chart.Cell{Value: of, Text: figures.Rounded(100*of, 0)}
			}
		}
		grid.Rows = append(grid.Rows, c.name)
		grid.Cells = append(grid.Cells, row)
	}
	if longest < 2 {
		return Picture{}, a.needs(CohortCustomers, "one_month")
	}
	p.Figure.Form = grid
	return p, nil
}

// cohortMoney draws what a customer of each cohort has spent so far, month by month.
func (a *Album) cohortMoney() (Picture, error) {
	all, err := a.cohorts(CohortMoney)
	if err != nil {
		return Picture{}, err
	}
	all = gathered(all)
	p := Picture{Table: Table{Columns: []Column{a.label("cohort"), a.column("months_since"), a.column("customers"), a.column("spend"), a.column("spend_per_customer")}}}
	form := chart.XY{
		X: chart.Axis{Title: a.say.Say("pictures.axis.months_since"), Zero: true, Whole: true}, Y: chart.Axis{Title: a.say.Say("pictures.axis.spend_so_far", "currency", a.currency()), Zero: true},
	}
	for i, c := range all {
		line := chart.Line{Name: a.say.Say("pictures.legend.cohort", "cohort", c.name, "customers", figures.Count(c.customers)), Hue: hue(i % len(chart.Hues))}
		var sum money.Amount
		for k, spent := range c.spend {
			sum = sum.Plus(spent)
			each := sum.Over(c.customers)
			line.Points = append(line.Points, chart.Point{X: float64(k), Y: each.Float()})
			p.Table.add(texted(c.name), counted(k), counted(c.customers), amount(sum), amount(each))
		}
		form.Lines = append(form.Lines, line)
	}
	p.Figure.Form = form
	return p, nil
}

// gathered puts the cohorts of months together to those of so many months that there are
// no more than there are hues. Their spend is shown as far as all of their months have it.
func gathered(all []*cohort) []*cohort {
	months := calendar.Month(1)
	for _, months = range []calendar.Month{1, 3, 6, 12, 24, 60, 120} {
		if len(gather(all, months)) <= len(chart.Hues) {
			break
		}
	}
	return gather(all, months)
}

func gather(all []*cohort, months calendar.Month) []*cohort {
	var some []*cohort
	for _, c := range all {
		first := c.first - (c.first%months+months)%months
		if len(some) == 0 || some[len(some)-1].first != first {
			together := &cohort{first: first, name: c.name}
			together.spend = make([]money.Amount, len(c.spend))
			some = append(some, together)
		}
		into := some[len(some)-1]
		if into.customers > 0 { // a name has no months before the exports begin, and none to come
			from, _, _ := strings.Cut(into.name, "–")
			into.name = from + "–" + c.name
		}
		into.customers += c.customers
		into.spend = into.spend[:min(len(into.spend), len(c.spend))]
		for k := range into.spend {
			into.spend[k] = into.spend[k].Plus(c.spend[k])
		}
	}
	return some
}
