package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A date and a clock in two columns are one time, also where the date is of a date's type:
// by it days are told, refunds have their day, and returns find what was bought before them.
func TestReturnsByTypedDateAndClock(t *testing.T) {
	s := newShop(t)
	s.copyTo("export.parquet", `FROM (VALUES
		(1, 'A1', DATE '2024-01-01', TIME '10:00:00', 1, 10.0, 'tea', 0.0),
		(1, 'A2', DATE '2024-01-01', TIME '12:00:00', 1, 10.0, 'tea', 0.0),
		(1, 'C3', DATE '2024-01-01', TIME '11:00:00', -1, -10.0, 'tea', 0.0),
		(2, 'A4', DATE '2024-01-01', TIME '23:30:00', 1, 20.0, 'cup', 5.0),
		(2, 'A5', DATE '2024-01-01', NULL, 1, 30.0, 'cup', 6.0)
		) AS t(id, no, "Date", "Time", q, amount, product, back)`, "FORMAT PARQUET")
	s.load(head + "timezone: UTC\nsources:\n  - path: export.parquet\n    timezone: America/New_York\n" +
		"    columns: {customer: id, order: no, time: [Date, Time], amount: amount, product: product, quantity: q, refund: back}\n")
	require.Equal(t, []string{
		"1|2024-01-01|2024-01-01 15:00:00|10", "2|2024-01-01|2024-01-01 17:00:00|10", "3|2024-01-01|2024-01-01 16:00:00|-10",
		"4|2024-01-02|2024-01-02 04:30:00|20", "4|2024-01-02|2024-01-02 00:00:00|-5", "5|2024-01-01|2024-01-01 00:00:00|30", "5|2024-01-01|2024-01-01 00:00:00|-6",
	}, s.rowsInOrder("line, day, CAST(instant AS VARCHAR), amount"))
	require.Equal(t, []string{
		"1|0|A1|false|-10.0|0.0|true", "1|0|C3|true|10.0|0.0|false",
		"2|0|A4|false|-5.0|0.0|false", "2|0|A4|true|5.0|0.0|false", "2|0|A5|false|-6.0|0.0|false", "2|0|A5|true|6.0|0.0|false",
	}, s.moved())
}

// The time of a refund may be a count of seconds, as the time of the sale is.
func TestTimesOfRefundsAsNumbers(t *testing.T) {
	s := newShop(t)
	s.copyTo("export.parquet", `FROM (VALUES (1, 'A1', 1704067200::BIGINT, 10.0, 4.0, 1706745600::BIGINT), (1, 'A2', 1704067200, 10.0, 4.0, NULL)
		) AS t(id, no, made, amount, back, back_at)`, "FORMAT PARQUET")
	s.load(head + "sources:\n  - path: export.parquet\n    columns: {customer: id, order: no, time: made, amount: amount, refund: back, refund_time: back_at}\n")
	require.Equal(t, []string{"2024-01-01|10|", "2024-02-01|-4|", "2024-01-01|10|", "2024-01-01|-4|"}, s.rowsInOrder("day, amount, reason"))
}
