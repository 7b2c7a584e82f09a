package ledger_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

func TestColumnNames(t *testing.T) {
	for _, c := range []struct{ header, customer, time, amount string }{
		{"id,day,amount", "id", "day", "amount"},
		{"ID,Day,AMOUNT", "id", "day", "amount"},
		{"Customer Id,Day,Net Amount", "Customer Id", "Day", "net amount"},
		{"Customer Id,Day,Net Amount", `'"Customer Id"'`, "Day", `'"Net Amount" * 1'`},
		{"select,from,order", "select", "from", "order"},
		{"客户,日期,金额", "客户", "日期", "金额"},
		{"客户,日期,金额", "upper(客户)", "日期", "金额 * 1"},
		{`a.b,"say ""hi""",O'Brien`, "a.b", `'say "hi"'`, "O'Brien"},
		{"file_row_number,filename,reason", "file_row_number", "filename", "reason"},
		{"customer,time,amount", "customer", "time", "amount"},
	} {
		s := newShop(t)
		s.write("export.csv", c.header+"\n007,2024-01-01,1.50\n,2024-01-02,2\n")
		s.load(head + "sources:\n  - path: export.csv\n    columns:\n      customer: " + c.customer + "\n      time: " + c.time + "\n      amount: " + c.amount + "\n")
		require.Equal(t, []string{"007|2024-01-01|1.5", "|2024-01-02|2"}, s.cells("customer, day, amount"), c)
	}
}

// Two columns whose names differ in case alone are two columns, and the very
// name decides.
func TestColumnsThatDifferInCase(t *testing.T) {
	s := newShop(t)
	s.copyTo("export.parquet", "SELECT 'a' AS id, DATE '2024-01-01' AS day, 1 AS amount", "FORMAT parquet")
	s.load(head + "sources:\n  - path: export.parquet\n    columns: {customer: ID, time: DAY, amount: Amount}\n")
	require.Equal(t, []string{"a|2024-01-01|1"}, s.cells("customer, day, amount"))
}

// Ids that a spreadsheet or a data frame has turned into floats are mapped
// back by whatever expression the analyst knows.
func TestIDsWithDecimals(t *testing.T) {
	for _, expression := range []string{
		"CAST(CustomerID AS BIGINT)",
		"CAST(CAST(CustomerID AS DOUBLE) AS BIGINT)",
		"CustomerID::DOUBLE::BIGINT",
		"TRY_CAST(CustomerID AS INTEGER)",
		"replace(CustomerID, '.0', '')",
		`regexp_replace(CustomerID, '\.0$', '')`,
		"split_part(CustomerID, '.', 1)",
		"floor(CustomerID)::BIGINT",
		"CAST(CustomerID AS BIGINT) -- a comment",
	} {
		t.Run(expression, func(t *testing.T) {
			s := newShop(t)
			s.write("export.csv", "CustomerID,day,amount\n17850.0,2024-01-01,1\n,2024-01-01,2\n13047.0,2024-01-01,3\n")
			plan := s.load(head + "sources:\n  - path: export.csv\n    columns:\n      customer: " + expression + "\n      time: day\n      amount: amount\n")
			require.Equal(t, []string{"17850|", "|anonymous", "13047|"}, s.cells("customer, reason"))
			require.Equal(t, int64(2), s.tally(plan).Total.Used.Rows)
		})
	}
}

func TestIDsAreText(t *testing.T) {
	s := newShop(t)
	s.loadOne("id,day,amount,order\n007,2024-01-01,1,0001\n7,2024-01-01,1,1\n7.0,2024-01-01,1,1.0\n 7 ,2024-01-01,1,1e3\n\"a,b\",2024-01-01,1,\nÉmile 客户,2024-01-01,1,x\n   ,2024-01-01,1,x\n\"\",2024-01-01,1,x\n")
	require.Equal(t, []string{"007|", "7|", "7.0|", "7|", "a,b|", "Émile 客户|", "|anonymous", "|anonymous"}, s.cells("customer, reason"))

	s = newShop(t)
	s.write("export.csv", "id,day,amount,order\n007,2024-01-01,1,0001\n007,2024-01-01,1,1\n007,2024-01-01,1,\n")
	s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, order: order, time: day, amount: amount}\n")
	require.Equal(t, []string{"0001", "1", "2024-01-01"}, s.cells("order_id"), "a row without order id belongs to the order of its day")
}

// An id that no expression can make leaves its row without a customer; it does
// not stop the night.
func TestExpressionFailsOnOneRow(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount\n1,2024-01-01,1\nx,2024-01-01,2\n3,2024-01-01,3\n")
	plan := s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: CAST(id AS BIGINT) + 1000, time: day, amount: 10 / (amount - 3)}\n")
	require.Equal(t, []string{"1001||-5", "|anonymous|-10", "1003|amount_unreadable|"}, s.cells("customer, reason, amount"))
	require.Equal(t, int64(1), s.tally(plan).Total.Used.Rows)
}

// sample is UCI-like rows whose invoices are digits throughout.
const digits = "id,day,Quantity,UnitPrice,InvoiceNo\n1,2024-01-01,2,0.4,536365\n2,2024-01-01,3,1.5,536366\n3,2024-01-01,-1,2.0,536367\n4,2024-01-01,1,0,536368\n"

func digitsSource(where string) string {
	return head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: Quantity * UnitPrice}\n    where: >-\n      " + where + "\n"
}

// A column of digits is text to LIKE and a number to >, in one condition.
func TestTypingOfConditions(t *testing.T) {
	for _, c := range []struct{ where, kept string }{
		{"InvoiceNo NOT LIKE 'C%' AND Quantity > 0", "124"},
		{"Quantity > 0 AND UnitPrice > 0", "12"},
		{"UnitPrice > 0", "123"}, // 0.4 is above 0
		{"UnitPrice > 0.4", "23"},
		{"UnitPrice >= 0.4 AND UnitPrice < 2", "12"},
		{"Quantity * UnitPrice > 1", "2"},
		{"InvoiceNo = '536365'", "1"},
		{"InvoiceNo IN ('536365', '536368')", "14"},
		{"InvoiceNo > 536366", "34"},
		{"starts_with(InvoiceNo, '5') AND length(InvoiceNo) = 6", "1234"},
		{"CAST(InvoiceNo AS VARCHAR) LIKE '%6'", "2"},
		{"concat('N', InvoiceNo) = 'N536366'", "2"},
		{"'N' || InvoiceNo = 'N536366'", "2"},
		{"Quantity BETWEEN 2 AND 3", "12"},
		{"abs(Quantity) = 1", "34"},
		{"day >= '2024-01-01' AND id <> '2'", "134"},
		{"CAST(day AS DATE) < DATE '2024-01-01'", ""},
		{"UnitPrice IS NOT NULL", "1234"},
		{"UnitPrice IN (0, 2)", "34"},
		{"UnitPrice = 2", "3"},
		{"coalesce(Quantity, 0) > 0", "124"},
		{"greatest(Quantity, 0) < 2", "34"},
		{"Quantity > UnitPrice AND CAST(InvoiceNo AS VARCHAR) LIKE '5%' AND id LIKE '_'", "124"},
		{"CASE WHEN InvoiceNo LIKE '%5' THEN Quantity > 1 ELSE Quantity < 0 END", "13"},
		{"TRUE", "1234"},
	} {
		t.Run(c.where, func(t *testing.T) {
			s := newShop(t)
			s.write("export.csv", digits)
			s.load(digitsSource(c.where))
			require.Equal(t, c.kept, strings.Join(s.cells("CASE WHEN reason IS NULL THEN customer ELSE '' END"), ""))
		})
	}
}

// The sample shows digits only, and the first cancellation comes long after
// it: it must be recognised however the condition reads the column.
func TestTextAfterTheSample(t *testing.T) {
	for _, returns := range []string{
		"InvoiceNo LIKE 'C%'", "CAST(InvoiceNo AS VARCHAR) LIKE 'C%'", "InvoiceNo::VARCHAR LIKE 'C%'", "left(InvoiceNo, 1) = 'C'",
		"starts_with(InvoiceNo, 'C')", "concat(InvoiceNo, '') LIKE 'C%'", "InvoiceNo || '' LIKE 'C%'", "TRY_CAST(InvoiceNo AS INTEGER) IS NULL",
		"regexp_matches(InvoiceNo, '^C')", "InvoiceNo >= 'C' AND Quantity > 0",
	} {
		t.Run(returns, func(t *testing.T) {
			s := newShop(t)
			s.copyTo("export.csv", `SELECT 'c' AS id, '2024-01-01' AS day, 1 AS Quantity, 2 AS amount, (536365 + range)::VARCHAR AS InvoiceNo FROM range(25000) UNION ALL SELECT 'c', '2024-01-01', 1, 2, 'C536379'`, "HEADER")
			plan := s.load(head + "sources:\n" + source("export.csv", "returns: "+returns))
			require.Equal(t, int64(1), s.tally(plan).Total.Returns.Rows)
		})
	}
}

// One bad value in a column of numbers sets its row aside.
func TestMessyNumbersInArithmetic(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,Quantity,UnitPrice\n1,2024-01-01,2,1.50\n2,2024-01-01,two,1\n3,2024-01-01,3,N/A\n4,2024-01-01,,1\n5,2024-01-01,1e1,\" 2.5 \"\n")
	plan := s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: Quantity * UnitPrice}\n")
	require.Equal(t, []string{"1|3|", "2||amount_unreadable", "3||amount_unreadable", "4||amount_unreadable", "5|25|"}, s.cells("customer, amount, reason"))
	require.Equal(t, "28.00", s.tally(plan).Total.Used.Money.String())
}

// A column may be empty in the sample, or in a file that is a header only.
func TestEmptyColumns(t *testing.T) {
	s := newShop(t)
	s.write("in/1.csv", "id,day,Quantity,UnitPrice,Flag\n")
	s.write("in/2.csv", "id,day,Quantity,UnitPrice,Flag\n1,2024-01-01,2,3,\n")
	s.write("in/3.csv", "id;day;Quantity;UnitPrice;Flag\n") // another delimiter: a batch of its own
	for _, where := range []string{"Quantity > 0", "Flag IS NULL", "coalesce(Flag, '') <> 'Y'"} {
		plan := s.load(head + "sources:\n  - path: in\n    columns: {customer: id, time: day, amount: Quantity * UnitPrice}\n    where: " + where + "\n")
		require.Equal(t, []string{"1|6|"}, s.cells("customer, amount, reason"))
		require.Equal(t, []int64{0, 1, 0}, s.tally(plan).FileRows)
	}
}

func TestMappings(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", digits)
	plan := s.load(digitsSource("Quantity > 0"))
	require.Equal(t, []ledger.Mapping{
		{Source: 0, Key: "columns.customer", SQL: "id", Type: "VARCHAR"},
		{Source: 0, Key: "columns.time", SQL: "day", Type: "VARCHAR"},
		{Source: 0, Key: "columns.amount", SQL: "Quantity * UnitPrice", Type: "DECIMAL(38,12)"},
		{Source: 0, Key: "where", SQL: "Quantity > 0", Type: "BOOLEAN"},
	}, plan.Mappings())
}

// Cost is what the export says or, where it says nothing, what the margin
// leaves of the amount; returns give it back.
func TestCost(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "id,day,amount,cost\n1,2024-01-01,10,4\n1,2024-01-01,10,\n1,2024-01-01,-10,4\n1,2024-01-01,-10,\n")
	s.write("b.csv", "id,day,amount\n1,2024-01-01,10\n")
	plan := s.load(head + "clv: {margin: 0.3}\nsources:\n  - path: a.csv\n    columns: {customer: id, time: day, amount: amount, cost: cost}\n" + source("b.csv"))
	require.True(t, plan.HasCost)
	require.Equal(t, []string{"4", "7", "-4", "-7", "7"}, s.cells("cost"))
}
