package exports

import (
	"fmt"
	"strconv"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// number is a customer's number with a letter before it.
func number(format string) func(*Customer) string {
	return func(c *Customer) string { return fmt.Sprintf(format, c.Number) }
}

// whole writes amounts in currencies without cents.
var wholeUnits = notation{group: ",", decimals: 0}

// frenchShop is what a French shop system lists: a line for each product,
// amounts such as 1 234,56 € with a no-break space, days before months.
//
// What counts: Montant TTC less Remboursé, per line. Orders that are Annulée or En
// attente de paiement brought no money.
var frenchShop = kind{
	name:    "french", // A French shop: 1 234,56 €, Windows-1252
	style:   style{locales: []*locale{french}, zone: "Europe/Paris", lines: 1.5, scale: 12, fates: true, refunds: true},
	reading: goods(number("C%05d")),
	write: func(s *Shop, f *folder) error {
		amount := notation{point: ",", group: "\u00a0", decimals: 2, after: "\u00a0€"}
		d := dialect{comma: ";", eol: "\r\n", encoding: charmap.Windows1252}
		return f.text("commandes.csv", tableOf(f, []column[*Line]{
			{name: "N° commande", cell: func(l *Line) string { return fmt.Sprintf("CMD-%06d", l.Order.Number) }},
			{name: "Date de commande", cell: func(l *Line) string { return l.Order.Time.Format("02/01/2006 15:04") }},
			{name: "N° client", cell: func(l *Line) string { return number("C%05d")(l.Order.Customer) }},
			{name: "Nom", cell: func(l *Line) string { return l.Order.Customer.Name }, spare: true},
			{name: "Ville", cell: func(l *Line) string { return l.Order.Customer.City.City }, spare: true},
			{name: "Région", cell: func(l *Line) string { return l.Order.Customer.City.Region }},
			{name: "Produit", cell: func(l *Line) string { return l.Product.Name }},
			{name: "Catégorie", cell: func(l *Line) string { return l.Product.Category }},
			{name: "Quantité", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
			{name: "Prix unitaire", cell: func(l *Line) string { return amount.write(l.Price) }, spare: true},
			{name: "Montant TTC", cell: func(l *Line) string { return amount.write(l.Net()) }},
			{name: "Remboursé", cell: func(l *Line) string { return amount.write(givenBack(l)) }},
			{name: "État", cell: func(l *Line) string { return frenchState(s, l.Order) }},
		}, inOrder(s)), d)
	},
}

func frenchState(s *Shop, o *Order) string {
	switch o.Fate {
	case Unpaid:
		return "En attente de paiement"
	case Cancelled, Failed:
		return "Annulée"
	default:
	}
	switch back := s.Refunded(o); {
	case back == 0:
		return "Livrée"
	case back == s.Total(o):
		return "Remboursée"
	default:
		return "Partiellement remboursée"
	}
}

// givenBack is what came back of a line.
func givenBack(l *Line) (back Cents) {
	for _, r := range l.Order.Refunds {
		for _, b := range r.Lines {
			if b.Line == l {
				back += b.Net
			}
		}
	}
	return back
}

// indianShop writes lakhs: ₹1,23,456.00, and months by name.
//
// What counts: Amount. Orders Cancelled brought no money; there are no refunds in
// it.
var indianShop = kind{
	name:    "indian", // An Indian shop: ₹1,23,456.00, 03-Jan-2025
	style:   style{locales: []*locale{indian}, zone: "Asia/Kolkata", lines: 1.4, scale: 1500, fates: true},
	reading: goods(func(c *Customer) string { return c.Phone }).withoutRefunds(),
	write: func(s *Shop, f *folder) error {
		amount := notation{point: ".", group: ",", indian: true, decimals: 2, before: "₹"}
		return f.text("sales register.csv", tableOf(f, []column[*Line]{
			{name: "Invoice No", cell: func(l *Line) string { return fmt.Sprintf("INV/24-25/%05d", l.Order.Number) }},
			{name: "Invoice Date", cell: func(l *Line) string { return l.Order.Time.Format("02-Jan-2006") }},
			{name: "Customer Name", cell: func(l *Line) string { return l.Order.Customer.Name }, spare: true},
			{name: "Mobile No", cell: func(l *Line) string { return l.Order.Customer.Phone }},
			{name: "State", cell: func(l *Line) string { return l.Order.Customer.City.Region }},
			{name: "Item", cell: func(l *Line) string { return l.Product.Name }},
			{name: "Category", cell: func(l *Line) string { return l.Product.Category }},
			{name: "Qty", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
			{name: "Rate", cell: func(l *Line) string { return amount.write(l.Price) }, spare: true},
			{name: "Amount", cell: func(l *Line) string { return amount.write(l.Net()) }},
			{name: "Status", cell: func(l *Line) string {
				return map[bool]string{true: "Completed", false: "Cancelled"}[l.Order.Fate == Paid]
			}},
		}, inOrder(s)), rfc4180)
	},
}

// swissShop writes CHF 1'234.50 in Latin-1, with a title and the period above
// the heading and a total below the last line.
//
// What counts: Betrag; credit notes are lines of their own with a minus and the
// number of the order.
var swissShop = kind{
	name:    "swiss", // A Swiss office: 1'234.50, Latin-1, title and total
	style:   style{locales: []*locale{swiss}, zone: "Europe/Zurich", lines: 1, scale: 18, refunds: true, wholeOnly: true},
	reading: goods(number("K-%04d")),
	write:   writeSwiss,
}

func writeSwiss(s *Shop, f *folder) error {
	amount := notation{point: ".", group: "'", decimals: 2}
	rows := creditNotes(s)
	total := sum(rows, func(n note) Cents { return n.amount })
	d := dialect{
		comma: ";", eol: "\r\n", encoding: charmap.ISO8859_1,
		preamble: []string{"Umsatzliste Grüezi AG", "Zeitraum: 01.01.2024 bis 30.06.2025", ""},
		footer:   []string{"", "Total;;;;;" + amount.write(total)},
	}
	return f.text("Umsatzliste.csv", tableOf(&folder{}, []column[note]{
		{name: "Datum", cell: func(n note) string { return n.at.Format("02.01.2006") }},
		{name: "Bestellnummer", cell: func(n note) string { return fmt.Sprintf("B%06d", n.Order.Number) }},
		{name: "Kundennummer", cell: func(n note) string { return number("K-%04d")(n.Order.Customer) }},
		{name: "Kunde", cell: func(n note) string { return n.Order.Customer.Name }},
		{name: "Artikel", cell: func(n note) string { return n.Product.Name }},
		{name: "Betrag CHF", cell: func(n note) string { return amount.write(n.amount) }},
	}, rows), d)
}

// note is a line of an invoice or of a credit note.
type note struct {
	*Line
	at       time.Time
	quantity int
	amount   Cents
}

// creditNotes are the lines that were sold and, below them, those that came
// back.
func creditNotes(s *Shop) (all []note) {
	for _, o := range s.Orders {
		for _, l := range o.Lines {
			all = append(all, note{Line: l, at: o.Time, quantity: l.Quantity, amount: l.Net()})
		}
		for _, r := range o.Refunds {
			for _, b := range r.Lines {
				all = append(all, note{Line: b.Line, at: r.Time, quantity: -b.Quantity, amount: -b.Net})
			}
		}
	}
	return all
}

// japaneseShop is a Japanese mall's order list in Shift-JIS, some of whose
// letters have a backslash as their second byte.
//
// What counts: 金額, in yen. Orders キャンセル or 未入金 brought no money.
var japaneseShop = kind{
	name:    "japanese", // A Japanese shop: Shift-JIS
	style:   style{locales: []*locale{nippon}, zone: "Asia/Tokyo", lines: 1.5, scale: 150, fates: true},
	answers: map[string]string{"sources.0.numbers": "1,234.56"},
	reading: goods(number("M%06d")).withoutRefunds(),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: ",", quotes: always, eol: "\r\n", encoding: japanese.ShiftJIS}
		return f.text("受注一覧.csv", tableOf(f, []column[*Line]{
			{name: "注文番号", cell: func(l *Line) string { return fmt.Sprintf("%08d", l.Order.Number) }},
			{name: "注文日時", cell: func(l *Line) string { return l.Order.Time.Format("2006/01/02 15:04:05") }},
			{name: "会員番号", cell: func(l *Line) string { return number("M%06d")(l.Order.Customer) }},
			{name: "氏名", cell: func(l *Line) string { return l.Order.Customer.Name }, spare: true},
			{name: "都道府県", cell: func(l *Line) string { return l.Order.Customer.City.Region }},
			{name: "商品名", cell: func(l *Line) string { return l.Product.Name }},
			{name: "カテゴリ", cell: func(l *Line) string { return l.Product.Category }},
			{name: "数量", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
			{name: "単価", cell: func(l *Line) string { return wholeUnits.write(l.Price) }, spare: true},
			{name: "金額", cell: func(l *Line) string { return wholeUnits.write(l.Net()) }},
			{name: "ステータス", cell: func(l *Line) string {
				return map[Fate]string{Paid: "発送済み", Unpaid: "未入金", Cancelled: "キャンセル", Failed: "キャンセル"}[l.Order.Fate]
			}},
		}, inOrder(s)), d)
	},
}

// taiwaneseShop is a shop's order list in Big5.
//
// What counts: 小計, in New Taiwan dollars. Orders 已取消 or 待付款 brought no money.
var taiwaneseShop = kind{
	name:    "taiwanese", // A shop in Taiwan: Big5
	style:   style{locales: []*locale{taiwanese}, zone: "Asia/Taipei", lines: 1.5, scale: 30, fates: true},
	answers: map[string]string{"sources.0.numbers": "1,234.56"},
	reading: goods(number("TW%05d")).withoutRefunds(),
	write: func(s *Shop, f *folder) error {
		amount := notation{group: ",", before: "NT$"}
		d := dialect{comma: ",", eol: "\r\n", encoding: traditionalchinese.Big5}
		return f.text("訂單明細.csv", tableOf(f, []column[*Line]{
			{name: "訂單編號", cell: func(l *Line) string { return fmt.Sprintf("TS%s%04d", l.Order.Time.Format("060102"), l.Order.Number) }},
			{name: "訂單日期", cell: func(l *Line) string { return l.Order.Time.Format("2006/1/2 15:04") }},
			{name: "會員編號", cell: func(l *Line) string { return number("TW%05d")(l.Order.Customer) }},
			{name: "姓名", cell: func(l *Line) string { return l.Order.Customer.Name }, spare: true},
			{name: "縣市", cell: func(l *Line) string { return l.Order.Customer.City.Region }},
			{name: "商品名稱", cell: func(l *Line) string { return l.Product.Name }},
			{name: "商品分類", cell: func(l *Line) string { return l.Product.Category }},
			{name: "數量", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
			{name: "小計", cell: func(l *Line) string { return amount.write(l.Net()) }},
			{name: "訂單狀態", cell: func(l *Line) string {
				return map[Fate]string{Paid: "已完成", Unpaid: "待付款", Cancelled: "已取消", Failed: "已取消"}[l.Order.Fate]
			}},
		}, inOrder(s)), d)
	},
}

// unicodeText is what Excel saves as "Unicode Text": UTF-16 with a byte order
// mark, tabs, quotes where a cell holds a comma, times as the United States show
// them.
//
// What counts: Amount.
var unicodeText = kind{
	name:    "excel-unicode-text", // Excel: Unicode text (UTF-16, tabs)
	style:   style{locales: []*locale{english, german, chinese}, zone: "America/New_York", lines: 1.4, scale: 15},
	reading: goods(number("A%04d")),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: "\t", eol: "\r\n", encoding: unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}
		t := tableOf(f, []column[*Line]{
			{name: "Order No", cell: func(l *Line) string { return strconv.Itoa(l.Order.Number) }},
			{name: "Order Date", cell: func(l *Line) string { return l.Order.Time.Format("1/2/2006 15:04") }},
			{name: "Customer No", cell: func(l *Line) string { return number("A%04d")(l.Order.Customer) }},
			{name: "Customer", cell: func(l *Line) string { return l.Order.Customer.Name }, spare: true},
			{name: "Region", cell: func(l *Line) string { return l.Order.Customer.City.Region }},
			{name: "Product", cell: func(l *Line) string { return l.Product.Name }},
			{name: "Quantity", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
			{name: "Amount", cell: func(l *Line) string { return grouped.write(l.Net()) }},
		}, inOrder(s))
		// Excel quotes what holds a comma although tabs are what parts cells.
		d.quotes = whereCommas
		return f.text("orders.txt", t, d)
	},
}
