package records

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// rowsAndFooters reads a text: its rows by their first cell, what is malformed
// and what is a footer by its text.
func rowsAndFooters(t *testing.T, text string, read func(io.Reader) io.Reader) (rows, malformed, footers []string) {
	t.Helper()
	h, err := ReadHead(strings.NewReader(text))
	require.NoError(t, err)
	c := NewCSV(read(strings.NewReader(text)), h)
	require.NoError(t, c.SkipHeader(h))
	f := NewFooters(c)
	for {
		r, err := f.Next()
		if errors.Is(err, io.EOF) {
			counted := &LineCount{}
			_, _ = counted.Write([]byte(text))
			require.Equal(t, counted.Lines(), f.LinesRead())
			return rows, malformed, footers
		}
		require.NoError(t, err)
		require.Equal(t, strings.Split(text, "\n")[r.Line-1], string(r.Text), "the line and its text")
		switch {
		case r.Footer:
			footers = append(footers, string(r.Text))
		case r.Malformed:
			malformed = append(malformed, string(r.Text))
		default:
			rows = append(rows, string(r.Cells[0]))
		}
	}
}

// Footers as exports have them, below twenty rows.
func TestFooters(t *testing.T) {
	const header = "id,day,product,amount\n"
	var body strings.Builder
	var ids []string
	for i := range 20 {
		ids = append(ids, fmt.Sprintf("c%d", i))
		fmt.Fprintf(&body, "c%d,2024-01-%02d,mug,%d.50\n", i, 1+i, i)
	}
	for _, c := range []struct {
		name, below           string
		rows, malformed, foot []string
	}{
		{name: "none"},
		{name: "a total", below: "Total,,,123.45\n", foot: []string{"Total,,,123.45"}},
		{name: "a total without line end", below: "Total,,,123.45", foot: []string{"Total,,,123.45"}},
		{name: "a total that lacks cells", below: "Total:,123.45\n", foot: []string{"Total:,123.45"}},
		{name: "a total further right", below: ",,Grand Total,123.45\n", foot: []string{",,Grand Total,123.45"}},
		{name: "a German one", below: "Summe EUR,,,123.45\n", foot: []string{"Summe EUR,,,123.45"}},
		{name: "a Chinese one", below: "合计：20笔,,,123.45\n", foot: []string{"合计：20笔,,,123.45"}},
		{name: "words", below: "End of report\n", foot: []string{"End of report"}},
		{name: "words without line end", below: "*** End of report ***", foot: []string{"*** End of report ***"}},
		{name: "several", below: "\n-----\nTotal,,,123.45\n\n(20 rows affected)\nPrinted 2024-02-01\n", foot: []string{"-----", "Total,,,123.45", "(20 rows affected)", "Printed 2024-02-01"}},
		{name: "blank cells between", below: ",,,\nTotal,,,123.45\n,,,\n", rows: []string{"", ""}, foot: []string{"Total,,,123.45"}},
		{name: "a balance with all cells", below: "Closing balance,2024-01-31,x,123.45\n", foot: []string{"Closing balance,2024-01-31,x,123.45"}},
		{name: "a customer called Total", below: "Total,2024-01-31,mug,123.45\n", rows: []string{"Total"}},
		{name: "a customer whose name begins so", below: "Totally Mugs,,mug,5\n", rows: []string{"Totally Mugs"}},
		{name: "half a row", below: "c20,2024-01-21\n", malformed: []string{"c20,2024-01-21"}},
		{name: "a total between rows", below: "Total,,,123.45\nc20,2024-01-21,mug,3\n", rows: []string{"Total", "c20"}},
		{name: "words between rows", below: "End of page 1\nc20,2024-01-21,mug,3\n", rows: []string{"c20"}, malformed: []string{"End of page 1"}},
		{name: "too many cells", below: "Total,,,1,2,3\n", malformed: []string{"Total,,,1,2,3"}},
	} {
		for how, read := range map[string]func(io.Reader) io.Reader{
			"whole":       func(r io.Reader) io.Reader { return r },
			"by byte":     iotest.OneByteReader,
			"end at once": iotest.DataErrReader,
		} {
			rows, malformed, footers := rowsAndFooters(t, header+body.String()+c.below, read)
			require.Equal(t, append(ids[:20:20], c.rows...), rows, "%s, %s", c.name, how)
			require.Equal(t, c.malformed, malformed, "%s, %s", c.name, how)
			require.Equal(t, c.foot, footers, "%s, %s", c.name, how)
		}
	}
}

// A row that was cut off is no footer, whatever it may look like.
func TestFooterOrCut(t *testing.T) {
	text := "id,day,amount\n" + strings.Repeat("ann,2024-01-01,5\n", 20)
	for _, cut := range []string{"a", "ann,2024", "ann,"} {
		h, err := ReadHead(strings.NewReader(text + cut))
		require.NoError(t, err)
		c := NewCSV(strings.NewReader(text+cut), h)
		require.NoError(t, c.SkipHeader(h))
		f := NewFooters(c)
		for err == nil {
			_, err = f.Next()
		}
		require.ErrorContains(t, err, "line 22: the file ends in the middle of this line")
	}
}

// Heads of exports as banks, shops and spreadsheets write them.
func TestHeadsOfExports(t *testing.T) {
	for _, c := range []struct {
		name, text string
		above      int
		names      string
	}{
		{"German bank", "\"Kontonummer:\";\"DE12 3456\"\n\n\"Von:\";\"01.01.2024\"\n\"Bis:\";\"31.01.2024\"\n\"Kontostand vom 31.01.2024:\";\"1.234,56 EUR\"\n\n\"Buchungstag\";\"Auftraggeber\";\"Verwendungszweck\";\"Betrag (EUR)\"\n\"01.01.2024\";\"Müller\";\"RE 1\";\"12,50\"\n\"02.01.2024\";\"Meier\";\"RE 2\";\"13,50\"\n", 6, "Buchungstag Auftraggeber Verwendungszweck Betrag (EUR)"},
		{"bank with one row", "Account,12345678\nFrom,01/01/2024\nTo,31/01/2024\n\nDate,Description,Amount,Balance\n01/01/2024,SHOP A,10.00,100.00\n", 4, "Date Description Amount Balance"},
		{"PayPal", "\ufeff\"Date\",\"Time\",\"Name\",\"Currency\",\"Gross\"\n\"01/02/2024\",\"10:22:11\",\"Ann\",\"USD\",\"1,234.50\"\n", 0, "Date Time Name Currency Gross"},
		{"Amazon settlement", "settlement-id\tdeposit-date\ttotal-amount\torder-id\tprice-amount\n123\t2024-01-17\t999.50\t\t\n123\t\t\t111-222\t10.00\n", 0, "settlement-id deposit-date total-amount order-id price-amount"},
		{"Amazon payments", "\"Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Amazon Webstore transactions\"\n\"All amounts in USD, unless specified\"\n\"Definitions:\"\n\"date/time\",\"order id\",\"description\",\"total\"\n\"Jan 1, 2024 12:00:01 AM PST\",\"111-1\",\"Mug, blue\",\"8.50\"\n\"Jan 1, 2024 12:00:01 AM PST\",\"111-2\",\"Mug, red\",\"8.50\"\n", 3, "date/time order id description total"},
		{"Excel", "sep=;\r\nKunde;Datum;Betrag\r\nA;01.01.2024;1,50\r\n", 1, "Kunde Datum Betrag"},
		{"Excel in capitals", "SEP=;\r\nKunde;Datum;Betrag\r\nA;01.01.2024;1,50\r\n", 1, "Kunde Datum Betrag"},
		{"Excel, padded", "Sales report 2024,,,,\n,,,,\nFrom 01.01.2024 to 31.01.2024,,,,\n,,,,\nOrder,Customer,Date,Product,Amount\n1,A,2024-01-01,Mug,1.5\n2,B,2024-01-02,Cup,2.5\n", 4, "Order Customer Date Product Amount"},
		{"DATEV", "\"EXTF\";700;21;\"Buchungsstapel\";12;20240131120000000;;\"RE\";\"\"\nUmsatz (ohne Soll/Haben-Kz);WKZ Umsatz;Konto;Belegdatum;Buchungstext\n119,00;\"EUR\";10001;0101;\"Mug\"\n238,00;\"EUR\";10002;0201;\"Cup\"\n", 1, "Umsatz (ohne Soll/Haben-Kz) WKZ Umsatz Konto Belegdatum Buchungstext"},
		{"names of groups", "Order,,Customer,,Money\nNo,Date,Id,Name,Amount\n1,2024-01-01,7,Ann,1.5\n2,2024-01-02,8,Bob,2.5\n", 1, "No Date Id Name Amount"},
		{"title with commas", "Report, of 2024-01-31, by shop, all regions, printed\nid,day,amount\n1,2024-01-01,5\n2,2024-01-02,6\n", 1, "id day amount"},
		{"Alipay", "支付宝交易记录明细查询\n账号:[abc@x.com]\n----交易记录明细列表----\n交易号 ,交易创建时间 ,交易对方 ,金额（元） ,\n2024010122001 \t,2024-01-01 10:00:00 ,张三 ,12.50 ,\n2024010122002 \t,2024-01-01 11:00:00 ,李四 ,13.50 ,\n", 3, "交易号 交易创建时间 交易对方 金额（元） column5"},
		{"WeChat", "微信支付账单明细,,,\n微信昵称：[x],,,\n共3笔记录,,,\n,,,\n----微信支付账单明细列表----,,,\n交易时间,交易对方,金额(元),当前状态\n2024-01-01 10:00:00,张三,¥12.50,支付成功\n2024-01-01 10:00:00,李四,¥12.50,支付成功\n", 5, "交易时间 交易对方 金额(元) 当前状态"},
		{"pipes", "Report from 2024-01-01 to 2024-01-31\n\nid|day|amount\n1|2024-01-01|5,5\n2|2024-01-02|6,5\n", 2, "id day amount"},
		{"tabs", "id\tday\tamount\n1\t2024-01-01\t5,5\n2\t2024-01-02\t6,5\n", 0, "id day amount"},
		{"SAP", "31.01.2024\t\t\tDynamic List Display\n\n\tCustomer\tDate\tAmount\n\n\t1001\t01.01.2024\t12,50\n\t1002\t02.01.2024\t13,50\n", 2, "column1 Customer Date Amount"},
		{"many lines above", strings.Repeat("Note,7\n", 30) + "id,day,amount\n1,2024-01-01,5\n2,2024-01-01,5\n", 30, "id day amount"},
		{"comments", "# exported by x, y and z\n# rows: 2\nid,day,amount\n1,2024-01-01,5\n2,2024-01-01,5\n", 2, "id day amount"},
		{"years", "customer,2023,2024\nann,1,2\nbob,3,4\n", 0, "customer 2023 2024"},
		{"psql", "id |day |amount\n---+----+------\n1  |2024-01-01|5\n2  |2024-01-02|6\n", 0, "id day amount"},
	} {
		h, err := ReadHead(strings.NewReader(c.text))
		require.NoError(t, err, c.name)
		require.Equal(t, c.above, h.Above, c.name)
		require.Equal(t, c.names, strings.Join(h.Names, " "), c.name)
		csv := NewCSV(strings.NewReader(c.text), h)
		require.NoError(t, csv.SkipHeader(h), c.name)
		r, err := csv.Next()
		require.NoError(t, err, c.name)
		require.False(t, r.Malformed, "%s: the first row is %q", c.name, r.Text)
	}
}
