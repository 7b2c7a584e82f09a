package simulate

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// recordsOf reads an export back with a strict reader.
func recordsOf(t *testing.T, o Options) [][]string {
	t.Helper()
	var w bytes.Buffer
	_, err := WriteCSV(t.Context(), &w, nil, o)
	require.NoError(t, err)
	strict := csv.NewReader(&w)
	strict.FieldsPerRecord = -1 // rows that are cut off; the tests count
	records, err := strict.ReadAll()
	require.NoError(t, err)
	return records
}

// A strict reader finds in every line what Generate gave for it.
func TestCSVHoldsTheRows(t *testing.T) {
	o := rich()
	o.Mess = 0.2
	records := recordsOf(t, o)
	rows, _ := rowsOf(t, o)
	require.Equal(t, Columns(), records[0])
	require.Len(t, records, len(rows)+1)
	for i, r := range rows {
		when, amount := r.Time.Format(timeLayout), r.Amount.String()
		switch r.Flaw {
		case NoTime, BadTime:
			when = r.Text
		case BadAmount:
			amount = r.Text
		case Sound, NoCustomer, AfterEnd, Formula, Awkward, CutOff, Duplicate:
		}
		want := []string{
			r.Customer, r.Order, when, r.Product, r.Category,
			strconv.Itoa(int(r.Quantity)), r.UnitPrice.String(), amount, r.Channel, r.Region,
		}
		if r.Flaw == CutOff {
			want = want[:4]
		}
		require.Equal(t, want, records[i+1])
	}
}

func TestCSVWithoutLabels(t *testing.T) {
	o := Defaults()
	o.Customers = 3
	o.Categories, o.Channels, o.Regions = nil, nil, nil
	for _, record := range recordsOf(t, o)[1:] {
		require.Equal(t, []string{"", "", ""}, []string{record[4], record[8], record[9]})
		require.True(t, strings.HasPrefix(record[3], "P01-"))
	}
}

func TestIDs(t *testing.T) {
	p := plan{digits: 7}
	require.Equal(t, "C0000017", p.customerID(16))
	require.Equal(t, "0000017-0003", p.orderID(16, 2))
	require.Equal(t, "0000017-12346", p.orderID(16, 12345))
	require.Equal(t, "C10000000", p.customerID(9_999_999))
}

// Any text survives the way through the file.
func FuzzCSVField(f *testing.F) {
	for _, s := range []string{"", "plain", `a "b", c`, "\n", `"`, `""`, "a\nb", "成都"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := append(appendField([]byte("x,"), s), '\n')
		record, err := csv.NewReader(bytes.NewReader(line)).Read()
		require.NoError(t, err)
		// The reader turns \r\n into \n, by design.
		require.Equal(t, []string{"x", strings.ReplaceAll(s, "\r\n", "\n")}, record)
	})
}
