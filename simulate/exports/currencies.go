package exports

import (
	"fmt"
	"time"
)

// currencies is a list of orders in three currencies, with the rates of each
// day.
//
// What counts: amount in euros, by the rate of the order's day.
var currencies = kind{
	name:  "currencies", // Orders in three currencies, with rates by day
	style: style{locales: []*locale{german, english}, zone: "Europe/Berlin", lines: 1.2, scale: 3, foreign: []string{"USD", "GBP"}},
	reading: reading{
		id:   number("C-%04d"),
		paid: func(_ *Shop, o *Order) Money { return Money(o.Net()) * rateOf(o.Currency, o.Time) },
	},
	answers: map[string]string{"rates": "rates.csv", "currency": "EUR"},
	write: func(s *Shop, f *folder) error {
		columns := append(ordersOf(func(o *Order) string { return number("C-%04d")(o.Customer) }, "customer"),
			column[*Line]{name: "currency", cell: func(l *Line) string { return l.Order.Currency }})
		if err := f.text("orders.csv", tableOf(f, columns, inOrder(s)), rfc4180); err != nil {
			return err
		}
		return f.text("rates.csv", tableOf(&folder{}, []column[rate]{
			{name: "day", cell: func(r rate) string { return r.day.Format(time.DateOnly) }},
			{name: "currency", cell: func(r rate) string { return r.currency }},
			{name: "rate", cell: func(r rate) string {
				v := rateOf(r.currency, r.day)
				return fmt.Sprintf("%d.%04d", v/10_000, v%10_000)
			}},
		}, rates(s)), rfc4180)
	},
}

// rate is what a currency is worth on a day.
type rate struct {
	day      time.Time
	currency string
}

// rates are those of all days of the export.
func rates(s *Shop) (all []rate) {
	for day := firstDay; !day.After(s.End); day = day.AddDate(0, 0, 1) {
		for _, c := range []string{"EUR", "GBP", "USD"} {
			all = append(all, rate{day, c})
		}
	}
	return all
}

// rateOf is how many ten-thousandths of a euro a unit of the currency is on a
// day: it moves a little from day to day.
func rateOf(currency string, day time.Time) Money {
	move := Money(day.YearDay()*37%101) - 50
	switch currency {
	case "USD":
		return 9200 + move
	case "GBP":
		return 11700 - move
	default:
		return 10_000
	}
}
