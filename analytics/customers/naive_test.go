package customers_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/customers"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// row is a line of an export, sound in every part.
type row struct {
	customer, order string // order "": none
	day             int32  // since 1970-01-01
	amount, cost    int64  // in millionths; of a return below 0
	isReturn        bool
	label           string // "": none
	span            int32  // of an order: days from its first line to its last
	number          int64  // in the label, millionths; of orders only
}

// naive reduces rows the slow way, as an account of what the SQL should say.
func naive(rows []row, r customers.Request) (*customers.Table, customers.Oddities) {
	byCustomer := map[string][]row{}
	for _, x := range rows {
		byCustomer[x.customer] = append(byCustomer[x.customer], x)
	}
	t, odd := &customers.Table{}, customers.Oddities{UnreadNumbers: []int64{}}
	if r.KeepDays || r.KeepSpend || r.KeepNet || r.KeepEarned || r.Months {
		t.DayStart = []int64{0}
	}
	if r.KeepNet {
		t.DayNet = &money.List{}
	}
	if r.KeepEarned {
		t.DayEarned, t.DayOrders = []money.Amount{}, []int32{}
	}
	if r.Months {
		t.Months = []publication.ActivityMonth{}
	}
	if r.KeepSpend {
		t.DaySold = []float64{}
	}
	for _, a := range r.Attributes {
		t.Attributes = append(t.Attributes, customers.Attribute{Name: a})
	}
	for _, a := range r.FirstLabels {
		t.FirstLabels = append(t.FirstLabels, customers.Attribute{Name: a})
	}
	if r.Activity != nil {
		t.Activity = &customers.Activity{Start: []int64{0}, Orders: []int64{}, Number: make([][]int64, len(r.Activity.Numbers))}
		odd.UnreadNumbers = make([]int64, len(r.Activity.Numbers))
		for k := range odd.UnreadNumbers {
			for _, x := range rows {
				if _, number := numberOf(x.label); x.label != "" && !number {
					odd.UnreadNumbers[k]++
				}
			}
		}
	}
	var groups [][]row
	for _, id := range slices.Sorted(maps.Keys(byCustomer)) {
		orders := ordersOf(byCustomer[id], r.HasOrders)
		for _, o := range orders {
			if !o.isReturn && o.span > 7 {
				odd.LongOrders++
			}
		}
		if !slices.ContainsFunc(orders, func(o row) bool { return !o.isReturn }) {
			odd.ReturnsOnly++
			odd.UnlistedIDs = append(odd.UnlistedIDs, id)
			for _, o := range orders {
				odd.ReturnsOnlyNet = odd.ReturnsOnlyNet.Plus(millionths(o.amount))
			}
			continue
		}
		t.ID = append(t.ID, id)
		addCustomer(t, orders, epoch(r.RFMFrom))
		if r.Months {
			addMonths(t, orders)
		}
		groups = append(groups, orders)
		if r.Activity != nil {
			addActivity(t.Activity, orders, epoch(r.Activity.From))
		}
		if r.RFMByDay || r.RFMSpend != "" {
			scoreOtherwise(t, orders, r)
		}
		for i := range t.Attributes {
			t.Attributes[i].Values = append(t.Attributes[i].Values, commonest(byCustomer[id]))
		}
		for i := range t.FirstLabels {
			t.FirstLabels[i].Values = append(t.FirstLabels[i].Values, commonest(linesOf(byCustomer[id], t.FirstDay[len(t.ID)-1])))
		}
	}
	if r.CohortMonths {
		addCohortMonths(t, groups)
	}
	return t, odd
}

// addCohortMonths adds the orders of each customer to the month of the first, their own,
// and the group of the label on the first day.
func addCohortMonths(t *customers.Table, orders [][]row) {
	t.Group, t.CohortMonths = []int32{}, []customers.CohortMonth{}
	numbers := map[string]int32{}
	for i, all := range orders {
		label := ""
		if len(t.FirstLabels) > 0 {
			label = t.FirstLabels[0].Values[i]
		}
		if _, known := numbers[label]; !known {
			numbers[label] = int32(len(numbers))
		}
		t.Group = append(t.Group, numbers[label])
		cohort := calendar.MonthOf(t.FirstDay[i])
		for _, o := range all {
			key := customers.CohortMonth{Cohort: cohort, Month: max(cohort, calendar.MonthOf(o.day)), Group: numbers[label]}
			at := slices.IndexFunc(t.CohortMonths, func(m customers.CohortMonth) bool {
				return m.Cohort == key.Cohort && m.Month == key.Month && m.Group == key.Group
			})
			if at < 0 {
				at = len(t.CohortMonths)
				t.CohortMonths = append(t.CohortMonths, key)
			}
			m := &t.CohortMonths[at]
			m.Earned = m.Earned.Plus(millionths(o.amount - o.cost))
			if !o.isReturn {
				m.Orders++
			}
		}
	}
	slices.SortFunc(t.CohortMonths, func(a, b customers.CohortMonth) int {
		return cmp.Or(cmp.Compare(a.Cohort, b.Cohort), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Group, b.Group))
	})
}

// ordersOf adds up lines to orders and returns, on the day of their first line.
func ordersOf(lines []row, hasOrders bool) []row {
	orders := map[string]*row{}
	for _, l := range lines {
		key := fmt.Sprint(l.day, l.isReturn)
		if hasOrders && l.order != "" {
			key = fmt.Sprint(l.order, " ", l.isReturn)
		}
		o, known := orders[key]
		if !known {
			o = &row{day: l.day, isReturn: l.isReturn}
			orders[key] = o
		}
		last := max(o.day+o.span, l.day)
		o.day = min(o.day, l.day)
		o.span = last - o.day
		o.amount += l.amount
		o.cost += l.cost
		number, _ := numberOf(l.label)
		o.number += number
	}
	all := make([]row, 0, len(orders))
	for _, key := range slices.Sorted(maps.Keys(orders)) {
		all = append(all, *orders[key])
	}
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Compare(a.day, b.day) })
	return all
}

// addCustomer adds the numbers of one customer's orders, in order of day.
func addCustomer(t *customers.Table, orders []row, rfmFrom int32) {
	var bought, returned, net, sold, cost, rfmOrders, rfmNet int64
	soldOn, netOn := map[int32]int64{}, map[int32]int64{}
	for _, o := range orders {
		net += o.amount
		netOn[o.day] += o.amount
		cost += o.cost
		if o.day >= rfmFrom {
			rfmNet += o.amount
		}
		if o.isReturn {
			returned++
			continue
		}
		bought++
		sold += o.amount
		soldOn[o.day] += o.amount
		if o.day >= rfmFrom {
			rfmOrders++
		}
	}
	days := slices.Sorted(maps.Keys(soldOn))
	if t.DayStart != nil {
		t.Days = append(t.Days, days...)
		if t.DaySold != nil {
			for _, d := range days {
				t.DaySold = append(t.DaySold, millionths(soldOn[d]).Float())
			}
		}
		if t.DayNet != nil {
			for _, d := range days {
				t.DayNet.Append(millionths(netOn[d]))
			}
		}
		if t.DayEarned != nil {
			addEarned(t, orders, days)
		}
		t.DayStart = append(t.DayStart, int64(len(t.Days)))
	}
	t.FirstDay, t.LastDay = append(t.FirstDay, days[0]), append(t.LastDay, days[len(days)-1])
	t.Orders, t.PurchaseDays = append(t.Orders, bought), append(t.PurchaseDays, int64(len(days)))
	paid := int64(0)
	for _, amount := range soldOn {
		if amount > 0 {
			paid++
		}
	}
	t.PaidDays, t.Returns = append(t.PaidDays, paid), append(t.Returns, returned)
	t.Net, t.Sold, t.Cost = append(t.Net, millionths(net)), append(t.Sold, millionths(sold)), append(t.Cost, millionths(cost))
	t.FirstSold = append(t.FirstSold, millionths(soldOn[days[0]]))
	t.RFMOrders, t.RFMNet = append(t.RFMOrders, rfmOrders), append(t.RFMNet, millionths(rfmNet))
}

// addEarned adds what each purchase day of a customer earned: an order's day is the last
// purchase day up to its own or, before all of them, the first.
func addEarned(t *customers.Table, orders []row, days []int32) {
	earned, placed := map[int32]int64{}, map[int32]int32{}
	for _, o := range orders {
		on := days[0]
		for _, d := range days {
			if d <= o.day {
				on = d
			}
		}
		earned[on] += o.amount - o.cost
		if !o.isReturn {
			placed[on]++
		}
	}
	for _, d := range days {
		t.DayEarned, t.DayOrders = append(t.DayEarned, millionths(earned[d])), append(t.DayOrders, placed[d])
	}
}

// addMonths adds a customer's orders to the month of the first and their own.
func addMonths(t *customers.Table, orders []row) {
	monthOf := func(day int32) calendar.Month {
		at := time.Unix(int64(day)*86_400, 0).UTC()
		return calendar.Month(12*(at.Year()-1970) + int(at.Month()) - 1)
	}
	cohort := monthOf(t.FirstDay[len(t.FirstDay)-1])
	bought := map[calendar.Month]map[int32]bool{}
	for _, o := range orders {
		month := max(cohort, monthOf(o.day))
		at := slices.IndexFunc(t.Months, func(m publication.ActivityMonth) bool { return m.Cohort == cohort && m.Month == month })
		if at < 0 {
			at = len(t.Months)
			t.Months = append(t.Months, publication.ActivityMonth{Cohort: cohort, Month: month})
		}
		m := &t.Months[at]
		m.Spend = m.Spend.Plus(millionths(o.amount))
		if o.isReturn {
			continue
		}
		m.Orders++
		if bought[month] == nil {
			bought[month] = map[int32]bool{}
			m.Customers++
		}
		if !bought[month][o.day] {
			bought[month][o.day] = true
			m.PurchaseDays++
		}
	}
	slices.SortFunc(t.Months, func(a, b publication.ActivityMonth) int {
		return cmp.Or(cmp.Compare(a.Cohort, b.Cohort), cmp.Compare(a.Month, b.Month))
	})
}

// addActivity adds one customer's days, from one on, with an order or a return.
func addActivity(a *customers.Activity, orders []row, from int32) {
	for _, o := range orders {
		if o.day < from {
			continue
		}
		begun := int64(len(a.Day)) > a.Start[len(a.Start)-1]
		if !begun || a.Day[len(a.Day)-1] != o.day {
			a.Day, a.Net, a.Orders = append(a.Day, o.day), append(a.Net, 0), append(a.Orders, 0)
			for k := range a.Number {
				a.Number[k] = append(a.Number[k], 0)
			}
		}
		last := len(a.Day) - 1
		a.Net[last] += o.amount
		if !o.isReturn {
			a.Orders[last]++
		}
		for k := range a.Number {
			a.Number[k][last] += o.number
		}
	}
	a.Start = append(a.Start, int64(len(a.Day)))
}

// numberOf is the number in a label, in millionths.
func numberOf(label string) (int64, bool) {
	f, err := strconv.ParseFloat(label, 64)
	return int64(math.Round(f * 1e6)), err == nil
}

// commonest is the label of most rows that are not returns, the first in the
// alphabet of those that tie.
func commonest(lines []row) string {
	count := map[string]int{}
	for _, l := range lines {
		if !l.isReturn && l.label != "" {
			count[l.label]++
		}
	}
	best := ""
	for _, label := range slices.Sorted(maps.Keys(count)) {
		if best == "" || count[label] > count[best] {
			best = label
		}
	}
	return best
}

// linesOf are the lines of a day.
func linesOf(lines []row, day int32) []row {
	return slices.DeleteFunc(slices.Clone(lines), func(l row) bool { return l.day != day })
}

func millionths(n int64) money.Amount { return money.Of(decimal128.FromI64(n)) }

func epoch(day time.Time) int32 { return int32(day.Unix() / 86_400) }

// scoreOtherwise replaces the last customer's frequency and spend by those of
// another unit or measure.
func scoreOtherwise(t *customers.Table, orders []row, r customers.Request) {
	var amounts []int64
	onDay := map[int32]int64{}
	for _, o := range orders {
		if o.isReturn || o.day < epoch(r.RFMFrom) {
			continue
		}
		onDay[o.day] += o.amount
		if !r.RFMByDay {
			amounts = append(amounts, o.amount)
		}
	}
	if r.RFMByDay {
		amounts = slices.Collect(maps.Values(onDay))
	}
	slices.Sort(amounts)
	last, n := len(t.ID)-1, len(amounts)
	t.RFMOrders[last] = int64(n)
	switch {
	case r.RFMSpend == customers.SpendMean:
		t.RFMNet[last] = t.RFMNet[last].Over(int64(max(1, n)))
	case r.RFMSpend == customers.SpendSum:
	case n == 0:
		t.RFMNet[last] = money.Amount{}
	case r.RFMSpend == customers.SpendMax:
		t.RFMNet[last] = millionths(amounts[n-1])
	case r.RFMSpend == customers.SpendMedian:
		t.RFMNet[last] = millionths((amounts[(n-1)/2] + amounts[n/2] + 1) / 2)
	}
}
