package exports

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
)

// TruthColumns are the names of the columns of the table of truth, which has a
// row for each customer with an order that counts.
func TruthColumns() []string { return []string{"customer_id", "orders", "net", "last_day", "stopped"} }

// WriteCSV writes the table of truth, by id.
func (t Truth) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{TruthColumns()}
	for _, id := range slices.Sorted(maps.Keys(t.Customers)) {
		b := t.Customers[id]
		_, stopped := slices.BinarySearch(t.Stopped, id)
		rows = append(rows, []string{id, strconv.Itoa(b.Orders), b.Net.String(), b.LastDay, strconv.FormatBool(stopped)})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("exports: write truth: %w", err)
	}
	return nil
}

// String writes the amount exactly, with two decimals at least.
func (m Money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	text := fmt.Sprintf("%s%d.%06d", sign, m/1_000_000, m%1_000_000)
	for range 4 {
		if text[len(text)-1] != '0' {
			break
		}
		text = text[:len(text)-1]
	}
	return text
}
