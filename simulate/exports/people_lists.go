package exports

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// crm is a list of orders beside a CRM's list of customers, which has what the
// orders lack: region, channel.
//
// What counts: amount of the orders. Customers who never ordered are in the
// list of the CRM and in no list of buyers.
var crm = kind{
	name:    "crm", // A CRM: customers and orders
	style:   style{locales: []*locale{english, german}, zone: "UTC", lines: 1.3, scale: 3},
	reading: goods(number("CRM-%05d")),
	write: func(s *Shop, f *folder) error {
		if err := f.text("orders.csv", tableOf(f, ordersOf(func(o *Order) string { return number("CRM-%05d")(o.Customer) }, "customer_id"), inOrder(s)), rfc4180); err != nil {
			return err
		}
		return f.text("customers.csv", tableOf(f, []column[*Customer]{
			{name: "customer_id", cell: number("CRM-%05d")},
			{name: "name", cell: func(c *Customer) string { return c.Name }, spare: true},
			{name: "email", cell: func(c *Customer) string { return c.Email }},
			{name: "region", cell: func(c *Customer) string { return c.City.Region }},
			{name: "country", cell: func(c *Customer) string { return c.Country }, spare: true},
			{name: "joined", cell: func(c *Customer) string { return c.Joined.Format(time.DateOnly) }, spare: true},
		}, s.Customers), rfc4180)
	},
}

// idMap is a list of orders whose customers have an account for each channel,
// beside the list that says whose account it is.
//
// What counts: amount, by the customer of the list.
var idMap = kind{
	name:    "id-map", // Orders by account, with a list of whose account it is
	style:   style{locales: []*locale{english, german}, zone: "UTC", lines: 1.3, scale: 3},
	reading: goods(number("CRM-%05d")),
	answers: map[string]string{"identity.map": "id_map.csv"},
	write: func(s *Shop, f *folder) error {
		if err := f.text("orders.csv", tableOf(f, ordersOf(account, "account"), inOrder(s)), rfc4180); err != nil {
			return err
		}
		var all []aliasOf
		for _, c := range s.Customers {
			for _, channel := range []string{"web", "store", "phone"} {
				all = append(all, aliasOf{accountOf(channel, c), number("CRM-%05d")(c)})
			}
		}
		return f.text("id_map.csv", tableOf(&folder{}, []column[aliasOf]{
			{name: "alias", cell: func(a aliasOf) string { return a.alias }},
			{name: "customer", cell: func(a aliasOf) string { return a.customer }},
		}, all), rfc4180)
	},
}

// aliasOf is whose account it is.
type aliasOf struct{ alias, customer string }

func account(o *Order) string { return accountOf(o.Channel, o.Customer) }

func accountOf(channel string, c *Customer) string {
	return fmt.Sprintf("%s-%d", strings.ToUpper(channel[:1]), 70_000+c.Number*3)
}

// ordersOf are the columns of a plain list of order lines.
func ordersOf(customer func(*Order) string, heading string) []column[*Line] {
	return []column[*Line]{
		{name: "order_id", cell: func(l *Line) string { return strconv.Itoa(90_000 + l.Order.Number) }},
		{name: "ordered_at", cell: func(l *Line) string { return l.Order.Time.Format(time.DateTime) }},
		{name: heading, cell: func(l *Line) string { return customer(l.Order) }},
		{name: "product", cell: func(l *Line) string { return l.Product.Name }},
		{name: "quantity", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
		{name: "amount", cell: func(l *Line) string { return plain.write(l.Net()) }},
	}
}

// departments are the files of two departments with the same customers. The web
// shop writes their numbers with zeros before them; the tills' file went
// through a program that made numbers of them, with .0 behind.
//
// What counts: amounts of both, by the number itself.
var departments = kind{
	name:    "departments", // Two departments: 0004711 and 4711.0
	style:   style{locales: []*locale{german}, zone: "Europe/Berlin", lines: 1.3, scale: 3},
	reading: goods(func(c *Customer) string { return strconv.Itoa(4000 + c.Number) }),
	answers: map[string]string{"identity.normalise": "[trim, drop-.0, drop-leading-zeros]"},
	write: func(s *Shop, f *folder) error {
		web := func(o *Order) string { return fmt.Sprintf("%07d", 4000+o.Customer.Number) }
		till := func(o *Order) string { return fmt.Sprintf("%d.0", 4000+o.Customer.Number) }
		return writeDepartments(s, f, web, till)
	},
}

// departmentsMail are two departments that know customers by their address,
// which people type as they like.
//
// What counts: amounts of both, by the address in small letters.
var departmentsMail = kind{
	name:    "departments-mail", // Two departments: Anna@Example.de and anna@example.de
	style:   style{locales: []*locale{german}, zone: "Europe/Berlin", lines: 1.3, scale: 3},
	reading: goods(func(c *Customer) string { return c.Email }),
	answers: map[string]string{"identity.normalise": "[trim, lower]"},
	write: func(s *Shop, f *folder) error {
		typed := func(o *Order) string {
			mail := o.Customer.Email
			switch o.Number % 3 {
			case 0:
				return strings.ToUpper(mail[:1]) + mail[1:]
			case 1:
				return " " + mail
			default:
				return strings.ToUpper(mail)
			}
		}
		return writeDepartments(s, f, emailOf, typed)
	},
}

// writeDepartments writes orders of the web into one file and the others into
// another, each as that department does.
func writeDepartments(s *Shop, f *folder, web, till func(*Order) string) error {
	var online, counter []*Line
	for _, l := range inOrder(s) {
		if l.Order.Channel == "web" {
			online = append(online, l)
		} else {
			counter = append(counter, l)
		}
	}
	if err := f.text("webshop.csv", tableOf(f, ordersOf(web, "customer_no"), online), rfc4180); err != nil {
		return err
	}
	return f.text("kasse.csv", tableOf(f, []column[*Line]{
		{name: "Bon", cell: func(l *Line) string { return fmt.Sprintf("B%06d", l.Order.Number) }},
		{name: "Datum", cell: func(l *Line) string { return l.Order.Time.Format("02.01.2006 15:04") }},
		{name: "Kunde", cell: func(l *Line) string { return till(l.Order) }},
		{name: "Artikel", cell: func(l *Line) string { return l.Product.Name }},
		{name: "Menge", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
		{name: "Betrag", cell: func(l *Line) string { return comma.write(l.Net()) }},
	}, counter), dialect{comma: ";", eol: "\r\n", mark: true})
}
