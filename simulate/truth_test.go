package simulate

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// The table of truth says of every customer what the rows say too.
func TestTruthAgreesWithTheRows(t *testing.T) {
	o := rich()
	o.Mess, o.ReturnShare = 0, 0
	var table bytes.Buffer
	type seen struct {
		orders      map[string]bool
		first, last string
	}
	customers := map[string]*seen{}
	_, err := Generate(t.Context(), &table, o, func(r Row) error {
		c := customers[r.Customer]
		if c == nil {
			c = &seen{orders: map[string]bool{}, first: r.Time.Format(timeLayout)}
			customers[r.Customer] = c
		}
		c.orders[r.Order] = true
		c.last = r.Time.Format(dateLayout)
		return nil
	})
	require.NoError(t, err)
	records, err := csv.NewReader(&table).ReadAll()
	require.NoError(t, err)
	require.Equal(t, TruthColumns(), records[0])
	require.Len(t, records, o.Customers+1)
	for _, record := range records[1:] {
		c := customers[record[0]]
		require.NotNil(t, c, record[0])
		require.Equal(t, c.first, record[2])
		require.Equal(t, strconv.Itoa(len(c.orders)), record[7])
		if left := record[6]; left != "" {
			require.GreaterOrEqual(t, left, c.last, "a purchase after leaving")
		}
		lambda, err := strconv.ParseFloat(record[3], 64)
		require.NoError(t, err)
		require.GreaterOrEqual(t, lambda, 0.0)
		checkProfileColumns(t, record)
	}
}

// checkProfileColumns checks which columns are filled for which profile: the
// model of the shop is MBG/NBD, in which everybody has a coin.
func checkProfileColumns(t *testing.T, record []string) {
	t.Helper()
	profile, dropout, turned, left := record[1], record[4], record[5], record[6]
	require.Equal(t, profile == "model", dropout != "")
	require.Equal(t, profile != "model" && profile != "steady", turned != "")
	switch profile {
	case "model":
	case "sudden":
		require.Equal(t, turned, left)
	default:
		require.Empty(t, left)
	}
}

// First purchases are spread over the days asked for, no others.
func TestAcquisition(t *testing.T) {
	o := Defaults()
	o.Customers, o.AcquisitionDays = 4000, 10
	first := map[string]string{}
	rows, _ := rowsOf(t, o)
	for _, r := range rows {
		if _, ok := first[r.Customer]; !ok {
			first[r.Customer] = r.Time.Format(dateLayout)
		}
	}
	perDay := map[string]float64{}
	for _, day := range first {
		perDay[day]++
	}
	require.Len(t, perDay, 10)
	for day, n := range perDay {
		require.InDelta(t, 400, n, 4*19, day) // sqrt(4000 * 0.1 * 0.9) = 19
	}
}
