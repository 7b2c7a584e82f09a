package exports

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// datev is what a German ERP books to its debtors' accounts, in the layout of
// DATEV's Buchungsstapel: one line about the file, then the heading, then a line
// for each invoice (S, Soll) and each credit note (H, Haben). Amounts have no
// sign: the letter is the sign.
//
// Known: the first line and the heading, from programs that write the format;
// Windows-1252, semicolons, decimal commas, quotes around texts, lines that end
// in CR LF. DATEV itself writes only day and month of Belegdatum, and the year in
// the first line; ERPs that let one choose write whole dates, as here.
//
// What counts: Umsatz, below zero where the letter is H. A credit note has the
// number of the invoice that it is for (Belegfeld 1), as accounts are cleared by
// it. A customer is a debtor's account, Konto.
var datev = kind{
	name: "datev", // DATEV-like: Buchungsstapel of a German ERP
	style: style{
		locales: []*locale{german}, zone: "Europe/Berlin", lines: 1.6, scale: 12, shipping: true, refunds: true,
	},
	reading: totals(datevAccount),
	write: func(s *Shop, f *folder) error {
		d := dialect{
			comma: ";", quotes: never, eol: "\r\n", encoding: charmap.Windows1252,
			preamble: []string{`"EXTF";700;21;"Buchungsstapel";13;20250701081500000;;"RE";"Größer & Söhne";"";1001;10001;20240101;4;20240101;20250630;"Erlöse";"";1;0;0;"EUR"`},
		}
		return f.text("EXTF_Buchungsstapel_20250701.csv", tableOf(f, datevColumns(), bookings(s)), d)
	},
}

// booking is a line of the batch.
type booking struct {
	*Order
	at     time.Time
	amount Cents
	side   string // S or H
	text   string
}

// bookings are all lines, by day.
func bookings(s *Shop) (all []booking) {
	for _, o := range s.Orders {
		all = append(all, booking{Order: o, at: o.Time, amount: s.Total(o), side: "S", text: "Rechnung " + o.Customer.Family})
		for _, r := range o.Refunds {
			all = append(all, booking{Order: o, at: r.Time, amount: s.Amount(r), side: "H", text: "Gutschrift " + o.Customer.Family})
		}
	}
	slices.SortStableFunc(all, func(a, b booking) int { return a.at.Compare(b.at) })
	return all
}

func datevAccount(c *Customer) string { return strconv.Itoa(10_000 + c.Number) }

// datevColumns are the columns of the batch; texts stand in quotes, headings
// and numbers do not.
func datevColumns() []column[booking] {
	text := func(name string, cell func(booking) string) column[booking] {
		return column[booking]{name: name, cell: func(b booking) string { return `"` + cell(b) + `"` }}
	}
	plainCell := func(name string, cell func(booking) string) column[booking] {
		return column[booking]{name: name, cell: cell}
	}
	columns := []column[booking]{
		plainCell("Umsatz (ohne Soll/Haben-Kz)", func(b booking) string { return comma.write(b.amount) }),
		text("Soll/Haben-Kennzeichen", func(b booking) string { return b.side }),
		text("WKZ Umsatz", func(booking) string { return "EUR" }),
	}
	columns = append(columns, spare[booking]("Kurs", "Basis-Umsatz", "WKZ Basis-Umsatz")...)
	columns = append(
		columns,
		plainCell("Konto", func(b booking) string { return datevAccount(b.Customer) }),
		plainCell("Gegenkonto (ohne BU-Schlüssel)", func(booking) string { return "8400" }),
	)
	columns = append(columns, spare[booking]("BU-Schlüssel")...)
	columns = append(
		columns,
		plainCell("Belegdatum", func(b booking) string { return b.at.Format("02.01.2006") }),
		text("Belegfeld 1", func(b booking) string { return fmt.Sprintf("RE-%05d", b.Number) }),
	)
	columns = append(columns, spare[booking]("Belegfeld 2", "Skonto")...)
	return append(columns, text("Buchungstext", func(b booking) string { return b.text }))
}
