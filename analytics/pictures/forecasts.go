package pictures

import (
	"math"
	"strconv"

	"clientele/internal/chart"
	"clientele/internal/figures"
)

// pair is what was expected and what happened, of some customers.
type pair struct {
	name               string
	expected, happened float64
}

// beside draws pairs as bars beside each other.
func (a *Album) beside(pairs []pair, x, y string) chart.XY {
	happened := chart.Bars{Name: a.say.Say("pictures.legend.happened"), Hue: chart.Hue1}
	expected := chart.Bars{Name: a.say.Say("pictures.legend.expected"), Hue: chart.Hue2}
	axis := chart.Axis{Scale: chart.Names, Title: x}
	for i, p := range pairs {
		axis.Names = append(axis.Names, p.name)
		happened.Points = append(happened.Points, chart.Point{X: float64(i), Y: p.happened})
		expected.Points = append(expected.Points, chart.Point{X: float64(i), Y: p.expected})
	}
	return chart.XY{X: axis, Y: chart.Axis{Title: y, Zero: true}, Bars: []chart.Bars{happened, expected}}
}

// orMore is a number that the last of several rows has: it stands for all from there on.
func orMore(n int32, last bool) string {
	if last {
		return strconv.Itoa(int(n)) + "+"
	}
	return strconv.Itoa(int(n))
}

// conditionalExpectation draws what customers bought after the test began, by how often
// they had come back until then.
func (a *Album) conditionalExpectation() (Picture, error) {
	tested, err := a.testedOf(ConditionalExpectation)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{Table: Table{Columns: []Column{
		a.label("repeats"), a.column("customers"), a.column("purchases"), a.column("expected_purchases"), a.column("mean_purchases"), a.column("mean_expected"),
	}}}
	var pairs []pair
	for i, r := range tested.ByRepeats {
		name := orMore(r.Repeats, i == len(tested.ByRepeats)-1)
		of, by := math.NaN(), math.NaN()
		if r.Customers > 0 {
			of, by = r.Purchases/float64(r.Customers), r.Expected/float64(r.Customers)
			pairs = append(pairs, pair{name, by, of})
		}
		p.Table.add(texted(name), counted(r.Customers), number(r.Purchases, 0), number(r.Expected, 1), number(of, 2), number(by, 2))
	}
	p.Figure.Form = a.beside(pairs, a.say.Say("pictures.axis.repeats_before", "from", tested.From), a.say.Say("pictures.axis.mean_purchases_after", "until", tested.Until))
	return p, nil
}

// deciles draws what was foretold of each tenth of the customers, in money where spend has
// a model.
func (a *Album) deciles() (Picture, error) {
	tested, err := a.testedOf(Deciles)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{Table: Table{Columns: []Column{
		a.column("tenth"), a.column("customers"), a.column("purchases"), a.column("expected_purchases"), a.column("money"), a.column("expected_money"),
	}}}
	var purchases, money []pair
	for i, d := range tested.Deciles {
		cells := []Cell{counted(i + 1), number(d.Customers, 1), number(d.Purchases, 0), number(d.Expected, 1)}
		name := strconv.Itoa(i + 1)
		purchases = append(purchases, pair{name, d.Expected, d.Purchases})
		if d.Money != nil && d.ExpectedMoney != nil {
			money = append(money, pair{name, *d.ExpectedMoney, *d.Money})
			cells = append(cells, cash(*d.Money), cash(*d.ExpectedMoney))
		} else {
			cells = append(cells, cash(math.NaN()), cash(math.NaN()))
		}
		p.Table.add(cells...)
	}
	x := a.say.Say("pictures.axis.tenths")
	if len(money) == len(purchases) {
		p.Figure.Form = a.beside(money, x, a.say.Say("pictures.axis.money_until", "currency", a.currency(), "from", tested.From, "until", tested.Until))
	} else {
		p.Figure.Form = a.beside(purchases, x, a.say.Say("pictures.axis.purchases_until", "from", tested.From, "until", tested.Until))
	}
	return p, nil
}

// coverage draws how often forecasts lay within their intervals.
func (a *Album) coverage() (Picture, error) {
	const level = 0.9 // of all intervals that are published
	p := Picture{Table: Table{Columns: []Column{a.label("of"), a.column("level"), a.column("share_within")}}}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.share_within"), Label: percentLabel}
	add := func(name string, level, of float64) {
		cell := named(name, a.say.SayOf("pictures.coverage", name))
		p.Table.add(cell, share(level), share(of))
		rows.Rows = append(rows.Rows, chart.Row{Name: cell.Text, Text: share(of).Text, Marker: new(level), Bars: []chart.Span{{To: of, Hue: chart.Hue1}}})
	}
	tested, err := a.testedOf(Coverage)
	if _, missing := err.(*Missing); err != nil && !missing { //nolint:errorlint // testedOf wraps none
		return Picture{}, err
	}
	if err == nil && tested.Coverage != nil {
		add("customers", tested.Coverage.Level, tested.Coverage.TieSplit)
		add("customers_whole", tested.Coverage.Level, tested.Coverage.Raw)
	}
	held, nights := 0, 0
	for _, night := range a.night.Audit {
		if f := night.Forecast; f != nil {
			nights++
			if f.Held {
				held++
			}
		}
	}
	if nights > 0 {
		add("money", level, float64(held)/float64(nights))
	}
	if len(rows.Rows) == 0 {
		return Picture{}, err
	}
	p.Figure.Form = rows
	return p, nil
}

// moneyForecasts draws what customers spent after earlier nights, over what those had
// expected.
func (a *Album) moneyForecasts() (Picture, error) {
	p := Picture{Table: Table{Columns: []Column{a.label("as_of"), a.column("days"), a.column("customers"), a.column("money"), a.column("expected_money"), a.column("low"), a.column("high")}}}
	points := chart.Points{Hue: chart.Hue1}
	axis := chart.Axis{Scale: chart.Names}
	for _, night := range a.night.Audit {
		f := night.Forecast
		if f == nil {
			continue
		}
		p.Table.add(texted(night.AsOf), counted(night.Days), counted(f.Customers), cash(f.Money), cash(f.ExpectedMoney), cash(f.Low), cash(f.High))
		if !(f.ExpectedMoney > 0) {
			continue
		}
		points.Points = append(points.Points, chart.Point{X: float64(len(axis.Names)), Y: f.Money / f.ExpectedMoney})
		points.Low = append(points.Low, f.Low/f.ExpectedMoney)
		points.High = append(points.High, f.High/f.ExpectedMoney)
		axis.Names = append(axis.Names, night.AsOf)
	}
	if len(points.Points) == 0 {
		return Picture{}, a.needs(MoneyForecasts, "audit")
	}
	times := func(v float64) string { return figures.Rounded(v, 2) }
	p.Figure.Form = chart.XY{
		X: axis, Y: chart.Axis{Title: a.say.Say("pictures.axis.over_expected"), Zero: true, Label: times}, Points: []chart.Points{points},
		Rules: []chart.Rule{{Y: new(1.0), Name: a.say.Say("pictures.rule.expected")}},
	}
	return p, nil
}

// reliability draws how many bought of those of whom a chance was said.
func (a *Album) reliability() (Picture, error) {
	tested, err := a.testedOf(Reliability)
	if err != nil {
		return Picture{}, err
	}
	if tested.NextPurchase == nil || len(tested.NextPurchase.Bins) == 0 {
		return Picture{}, a.needs(Reliability, "evidence")
	}
	p := Picture{Table: Table{Columns: []Column{a.column("low"), a.column("high"), a.column("customers"), a.column("said"), a.column("bought"), a.column("bought_low"), a.column("bought_high")}}}
	points := chart.Points{Hue: chart.Hue1}
	for _, b := range tested.NextPurchase.Bins {
		low, high := wilson(b.Bought, float64(b.Customers))
		p.Table.add(share(b.Low), share(b.High), counted(b.Customers), share(b.Said), share(b.Bought), share(low), share(high))
		points.Points = append(points.Points, chart.Point{X: b.Said, Y: b.Bought})
		points.Weight = append(points.Weight, float64(b.Customers))
		points.Low, points.High = append(points.Low, low), append(points.High, high)
	}
	days := figures.Count(int64(tested.NextPurchase.Days))
	p.Figure.Form = chart.XY{
		X:      chart.Axis{Title: a.say.Say("pictures.axis.said", "days", days), Label: percentLabel, Max: 1},
		Y:      chart.Axis{Title: a.say.Say("pictures.axis.bought"), Label: percentLabel, Max: 1},
		Points: []chart.Points{points}, Rules: []chart.Rule{{Diagonal: true}}, Square: true,
	}
	return p, nil
}

// wilson is the 90% interval of a share that was seen in n cases:
//
//	(s + z²/2n ± z·√(s(1-s)/n + z²/4n²)) / (1 + z²/n)
//
// Source: E. B. Wilson (1927), Probable Inference, Journal of the American Statistical
// Association 22, https://doi.org/10.1080/01621459.1927.10502953.
func wilson(s, n float64) (low, high float64) {
	const z = 1.6448536269514722 // the 95% quantile of the normal distribution
	if n == 0 {
		return 0, 1
	}
	middle, root, under := s+z*z/(2*n), z*math.Sqrt(s*(1-s)/n+z*z/(4*n*n)), 1+z*z/n
	return max(0, (middle-root)/under), min(1, (middle+root)/under)
}
