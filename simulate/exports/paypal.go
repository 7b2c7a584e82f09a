package exports

import (
	"slices"
	"strings"
	"time"
)

// paypal is the CSV of PayPal's activity report (Reports, Activity download,
// all transactions): a line for each movement on the shop's account.
//
// Known: the heading, as programs state it in full; every cell in quotes, a byte
// order mark; dates as MM/DD/YYYY in accounts of the United States, the zone as
// PST or PDT; that withdrawals and payments that did not complete stand between
// the others; that a refund comes from the shop, so that its customer is the
// receiver, and names the payment in Reference Txn ID.
//
// What counts: Gross of payments that are Completed, less Gross of their
// refunds on the day of the refund. Withdrawals to the bank are nobody's.
var paypal = kind{
	name: "paypal", // PayPal: activity
	style: style{
		locales: []*locale{english, french, german}, zone: "America/Los_Angeles", lines: 1.3, scale: 14, shipping: true, fates: true, refunds: true,
	},
	reading: totals(func(c *Customer) string { return c.Email }),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: ",", quotes: always, eol: "\r\n", mark: true}
		return f.text("Download.CSV", tableOf(f, paypalColumns(), movements(s)), d)
	},
}

// paypalShop is the address of the shop's own account.
const paypalShop = "sales@our-shop.example"

// movement is a line of the report.
type movement struct {
	at                           time.Time
	who                          *Customer
	kind, status                 string
	gross, fee, balance          Cents
	id, reference, from, to      string
	impact, invoice, description string
}

// movements are all lines, the newest first.
func movements(s *Shop) (all []movement) {
	for _, o := range s.Orders {
		if o.Fate == Cancelled {
			continue // never got as far as PayPal
		}
		all = append(all, paypalPayment(s, o))
		for _, r := range o.Refunds {
			all = append(all, movement{
				at: r.Time, who: o.Customer, kind: "Payment Refund", status: "Completed", gross: -s.Amount(r),
				id: paypalID(o.Number*8 + r.Number), reference: paypalID(o.Number * 8), from: paypalShop, to: o.Customer.Email, impact: "Debit",
			})
		}
	}
	slices.SortStableFunc(all, func(a, b movement) int { return a.at.Compare(b.at) })
	all = withdrawals(all)
	slices.Reverse(all)
	return all
}

func paypalPayment(s *Shop, o *Order) movement {
	p := movement{
		at: o.Time, who: o.Customer, kind: "Express Checkout Payment", status: "Completed", gross: s.Total(o), fee: -fee(s, o),
		id: paypalID(o.Number * 8), from: o.Customer.Email, to: paypalShop, impact: "Credit", invoice: shopifyName(o), description: o.Lines[0].Product.Name,
	}
	switch o.Fate {
	case Unpaid:
		p.status, p.impact = "Pending", "Memo"
	case Failed:
		p.status, p.impact = "Denied", "Memo"
	default:
	}
	return p
}

func paypalID(number int) string { return token("paypal", number, capitals, 17) }

// withdrawals keeps the balance and sends it to the bank every hundred lines.
func withdrawals(in []movement) (out []movement) {
	var balance Cents
	for i, m := range in {
		if m.status == "Completed" {
			balance += m.gross + m.fee
		}
		m.balance = balance
		out = append(out, m)
		if i%100 == 99 && balance > 0 {
			out = append(out, movement{
				at: m.at.Add(time.Second), kind: "General Withdrawal", status: "Completed", gross: -balance,
				id: token("withdrawal", i, capitals, 17), from: paypalShop, impact: "Debit",
			})
			balance = 0
		}
	}
	return out
}

// paypalColumns are the columns of the report.
func paypalColumns() []column[movement] {
	text := func(name string, cell func(movement) string) column[movement] {
		return column[movement]{name: name, cell: cell}
	}
	amount := func(name string, of func(movement) Cents) column[movement] {
		return text(name, func(m movement) string { return grouped.write(of(m)) })
	}
	columns := []column[movement]{
		text("Date", func(m movement) string { return m.at.Format("01/02/2006") }),
		text("Time", func(m movement) string { return m.at.Format(time.TimeOnly) }),
		text("TimeZone", func(m movement) string { return m.at.Format("MST") }),
		text("Name", func(m movement) string {
			if m.who == nil {
				return ""
			}
			return m.who.Name
		}),
		text("Type", func(m movement) string { return m.kind }),
		text("Status", func(m movement) string { return m.status }),
		text("Currency", func(movement) string { return "USD" }),
		amount("Gross", func(m movement) Cents { return m.gross }),
		amount("Fee", func(m movement) Cents { return m.fee }),
		amount("Net", func(m movement) Cents { return m.gross + m.fee }),
		text("From Email Address", func(m movement) string { return m.from }),
		text("To Email Address", func(m movement) string { return m.to }),
		text("Transaction ID", func(m movement) string { return m.id }),
	}
	columns = append(columns, spare[movement]("Shipping Address", "Address Status")...)
	columns = append(columns, column[movement]{name: "Item Title", cell: func(m movement) string { return m.description }, spare: true})
	columns = append(columns, spare[movement](strings.Split("Item ID,Shipping and Handling Amount,Insurance Amount,Sales Tax,Option 1 Name,"+
		"Option 1 Value,Option 2 Name,Option 2 Value", ",")...)...)
	columns = append(
		columns,
		text("Reference Txn ID", func(m movement) string { return m.reference }),
		column[movement]{name: "Invoice Number", cell: func(m movement) string { return m.invoice }, spare: true},
	)
	columns = append(columns, spare[movement]("Custom Number", "Quantity", "Receipt ID")...)
	columns = append(columns, amount("Balance", func(m movement) Cents { return m.balance }))
	columns = append(columns, spare[movement](strings.Split("Address Line 1,Address Line 2/District/Neighborhood,Town/City,"+
		"State/Province/Region/County/Territory/Prefecture/Republic,Zip/Postal Code,Country,Contact Phone Number,Subject,Note,Country Code", ",")...)...)
	return append(columns, text("Balance Impact", func(m movement) string { return m.impact }))
}
