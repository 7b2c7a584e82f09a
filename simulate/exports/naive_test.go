package exports_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"clientele/simulate/exports"
)

// row is a record by the names of its columns.
type row map[string]string

// sale is what a record says: so much money of a customer's order on a day.
// Money below zero was given back.
type sale struct {
	customer, order, day string
	money                exports.Money
}

// naive is how somebody reads an export of one kind with the standard library
// alone.
type naive struct {
	comma   rune // 0 for a comma
	decode  encoding.Encoding
	skip    int // lines above the heading
	raw     bool
	reading func(r row) []sale
}

// The reading of each kind of text, written from its documentation.
var naives = map[string]naive{
	"shopify": {reading: func(r row) []sale {
		if r["Total"] == "" || r["Financial Status"] == "pending" || r["Financial Status"] == "voided" {
			return nil
		}
		return refunded(sale{r["Email"], r["Name"], r["Created at"][:10], cents(r["Total"])}, r["Refunded Amount"])
	}},
	"woocommerce": {reading: func(r row) []sale {
		if r["Item #"] != "1" || slices.Contains([]string{"Pending payment", "Cancelled", "Failed"}, r["Order Status"]) {
			return nil
		}
		return refunded(sale{r["Email (Billing)"], r["Order Number"], r["Order Date"][:10], cents(r["Order Total Amount"])}, r["Order Refund Amount"])
	}},
	"magento": {reading: func(r row) []sale {
		if r["Status"] == "pending" || r["Status"] == "canceled" {
			return nil
		}
		return refunded(sale{r["Customer Email"], r["ID"], day("Jan 2, 2006 03:04:05 PM", r["Purchase Date"]), cents(r["Grand Total (Purchased)"])}, r["Total Refunded"])
	}},
	"square": {reading: func(r row) []sale {
		return []sale{{r["Customer ID"], r["Transaction ID"], r["Date"], cents(r["Net Sales"])}}
	}},
	"stripe-charges": {reading: func(r row) []sale {
		if r["Status"] == "Failed" {
			return nil
		}
		return refunded(sale{r["Customer ID"], r["id"], r["Created (UTC)"][:10], cents(r["Amount"])}, r["Amount Refunded"])
	}},
	"stripe-dashboard": {reading: func(r row) []sale {
		if r["Status"] == "Failed" {
			return nil
		}
		at, _ := time.Parse(time.DateTime, r["Created date (UTC)"])
		zone, _ := time.LoadLocation("America/New_York")
		return refunded(sale{r["Customer ID"], r["id"], at.In(zone).Format(time.DateOnly), cents(r["Amount"])}, r["Amount Refunded"])
	}},
	"amazon-txt": {comma: '\t', decode: charmap.Windows1252, raw: true, reading: amazon},
	"amazon-csv": {reading: amazon},
	"taobao": {decode: simplifiedchinese.GB18030, reading: func(r row) []sale {
		if r["订单状态"] == "交易关闭" || r["订单状态"] == "等待买家付款" {
			return nil
		}
		return refunded(sale{r["买家会员名"], r["订单编号"], r["订单创建时间"][:10], cents(r["买家实际支付金额"])}, r["退款金额"])
	}},
	"youzan": {reading: func(r row) []sale {
		if r["订单状态"] == "交易关闭" || r["订单状态"] == "待付款" {
			return nil
		}
		return refunded(sale{strings.TrimSpace(r["买家手机号"]), r["订单号"], r["订单创建时间"][:10], cents(r["订单实付金额"])}, r["订单已退款金额"])
	}},
	"datev": {comma: ';', decode: charmap.Windows1252, skip: 1, reading: func(r row) []sale {
		s := sale{r["Konto"], r["Belegfeld 1"], day("02.01.2006", r["Belegdatum"]), cents(strings.ReplaceAll(r["Umsatz (ohne Soll/Haben-Kz)"], ",", "."))}
		if r["Soll/Haben-Kennzeichen"] == "H" {
			s.money = -s.money
		}
		return []sale{s}
	}},
	"paypal": {reading: func(r row) []sale {
		if r["Status"] != "Completed" || r["Type"] == "General Withdrawal" {
			return nil
		}
		s := sale{r["From Email Address"], r["Transaction ID"], day("01/02/2006", r["Date"]), cents(r["Gross"])}
		if r["Type"] == "Payment Refund" {
			s.customer, s.order = r["To Email Address"], r["Reference Txn ID"]
		}
		return []sale{s}
	}},
	"simulate-csv": {reading: func(r row) []sale {
		return []sale{{r["customer_id"], strings.TrimPrefix(r["order_id"], "C"), r["time"][:10], cents(r["amount"])}}
	}},
	"excel-unicode-text": {comma: '\t', decode: unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), reading: func(r row) []sale {
		return []sale{{r["Customer No"], r["Order No"], day("1/2/2006 15:04", r["Order Date"]), cents(r["Amount"])}}
	}},
	"crm": {reading: func(r row) []sale {
		return []sale{{r["customer_id"], r["order_id"], r["ordered_at"][:10], cents(r["amount"])}}
	}},
	"french": {comma: ';', decode: charmap.Windows1252, reading: func(r row) []sale {
		if r["État"] == "Annulée" || r["État"] == "En attente de paiement" {
			return nil
		}
		amount := func(s string) string { return strings.NewReplacer("\u00a0", "", "€", "", ",", ".").Replace(s) }
		return refunded(sale{r["N° client"], r["N° commande"], day("02/01/2006 15:04", r["Date de commande"]), cents(amount(r["Montant TTC"]))}, amount(r["Remboursé"]))
	}},
	"indian": {reading: func(r row) []sale {
		if r["Status"] == "Cancelled" {
			return nil
		}
		return []sale{{r["Mobile No"], r["Invoice No"], day("02-Jan-2006", r["Invoice Date"]), cents(r["Amount"])}}
	}},
	"swiss": {comma: ';', decode: charmap.ISO8859_1, skip: 2, reading: func(r row) []sale {
		if r["Datum"] == "Total" {
			return nil
		}
		return []sale{{r["Kundennummer"], r["Bestellnummer"], day("02.01.2006", r["Datum"]), cents(strings.ReplaceAll(r["Betrag CHF"], "'", ""))}}
	}},
	"japanese": {decode: japanese.ShiftJIS, reading: func(r row) []sale {
		if r["ステータス"] != "発送済み" {
			return nil
		}
		return []sale{{r["会員番号"], r["注文番号"], strings.ReplaceAll(r["注文日時"][:10], "/", "-"), cents(r["金額"] + ".00")}}
	}},
	"taiwanese": {decode: traditionalchinese.Big5, reading: func(r row) []sale {
		if r["訂單狀態"] != "已完成" {
			return nil
		}
		return []sale{{r["會員編號"], r["訂單編號"], day("2006/1/2 15:04", r["訂單日期"]), cents(strings.TrimPrefix(r["小計"], "NT") + ".00")}}
	}},
}

func amazon(r row) []sale {
	s := sale{customer: r["buyer-email"], order: r["amazon-order-id"], day: r["purchase-date"][:10]}
	for _, c := range []string{"item-price", "item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount"} {
		s.money += cents(r[c])
	}
	return []sale{s}
}

// refunded are a sale and what came back of it.
func refunded(s sale, back string) []sale {
	if back == "" {
		return []sale{s}
	}
	return []sale{s, {s.customer, s.order, "", -cents(back)}}
}

// cents reads an amount such as -$1,234.50.
func cents(text string) exports.Money {
	text = strings.NewReplacer("$", "", "₹", "", ",", "").Replace(text)
	whole, part, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole+part[:2], 10, 64)
	if err != nil {
		panic(err)
	}
	return exports.Money(n) * 10_000
}

func day(layout, text string) string {
	t, err := time.Parse(layout, text)
	if err != nil {
		panic(err)
	}
	return t.Format(time.DateOnly)
}

// records are the records of a text file.
func (n naive) records(t *testing.T, data []byte) (rows []row) {
	t.Helper()
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if n.decode != nil {
		var err error
		data, err = n.decode.NewDecoder().Bytes(data)
		require.NoError(t, err)
		require.NotContains(t, string(data), "\ufffd")
	}
	for range n.skip {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	for _, cells := range n.lines(t, data) {
		r := row{}
		for i, name := range cells.heading {
			if i < len(cells.cells) {
				r[name] = cells.cells[i]
			}
		}
		rows = append(rows, r)
	}
	return rows
}

type record struct{ heading, cells []string }

func (n naive) lines(t *testing.T, data []byte) (out []record) {
	t.Helper()
	if n.raw {
		lines := strings.Split(strings.TrimSuffix(string(data), "\r\n"), "\r\n")
		for _, line := range lines[1:] {
			out = append(out, record{strings.Split(lines[0], string(n.comma)), strings.Split(line, string(n.comma))})
		}
		return out
	}
	in := csv.NewReader(bytes.NewReader(data))
	if n.comma != 0 {
		in.Comma = n.comma
	}
	in.FieldsPerRecord = -1
	heading, err := in.Read()
	require.NoError(t, err)
	for {
		cells, err := in.Read()
		if err == io.EOF {
			return out
		}
		require.NoError(t, err)
		out = append(out, record{heading, cells})
	}
}

// buyersOf adds up sales by order and customer.
func buyersOf(sales []sale) (map[string]exports.Buyer, exports.Money) {
	type key struct{ customer, order string }
	left, days := map[key]exports.Money{}, map[key]string{}
	for _, s := range sales {
		k := key{s.customer, s.order}
		left[k] += s.money
		if s.money > 0 {
			days[k] = s.day
		}
	}
	buyers, unknown := map[string]exports.Buyer{}, exports.Money(0)
	for k, money := range left {
		switch {
		case k.customer == "":
			unknown += money
		case money != 0:
			b := buyers[k.customer]
			b.Orders++
			b.Net += money
			b.LastDay = max(b.LastDay, days[k])
			buyers[k.customer] = b
		}
	}
	return buyers, unknown
}

// The files say what the truth says, to somebody who reads them with the
// standard library: as they are, and as shops vary them.
func TestFilesSayTheTruth(t *testing.T) {
	for kind, n := range naives {
		t.Run(kind, func(t *testing.T) {
			for _, v := range []exports.Variation{{}, {Shuffle: true, Drop: true, Rename: true}} {
				e := write(t, exports.Options{Kind: kind, Customers: 150, Seed: 3, Variation: v})
				rows := n.records(t, e.Files[0].Data)
				var sales []sale
				for _, r := range rows {
					sales = append(sales, n.reading(r)...)
				}
				buyers, unknown := buyersOf(sales)
				require.Equal(t, e.Truth.Customers, buyers)
				require.Equal(t, e.Truth.Unknown, unknown)
			}
		})
	}
}

// The API's answer says the truth too.
func TestStripeDocumentSaysTheTruth(t *testing.T) {
	e := write(t, exports.Options{Kind: "stripe-json", Customers: 150, Seed: 3})
	var answer struct {
		Data []struct {
			ID       string
			Customer string
			Amount   int64
			Refunded int64 `json:"amount_refunded"`
			Created  int64
			Paid     bool
		}
	}
	require.NoError(t, json.Unmarshal(e.Files[0].Data, &answer))
	require.Len(t, answer.Data, e.Files[0].Rows)
	zone, err := time.LoadLocation(e.Zone)
	require.NoError(t, err)
	var sales []sale
	for _, c := range answer.Data {
		if c.Paid {
			on := time.Unix(c.Created, 0).In(zone).Format(time.DateOnly)
			sales = append(sales, sale{c.Customer, c.ID, on, exports.Money(c.Amount) * 10_000}, sale{c.Customer, c.ID, "", -exports.Money(c.Refunded) * 10_000})
		}
	}
	buyers, unknown := buyersOf(sales)
	require.Equal(t, e.Truth.Customers, buyers)
	require.Equal(t, e.Truth.Unknown, unknown)
}
