package simulate

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Accounts add a column and change nothing else; rows and truth agree on it.
func TestAccountsAreOneMoreColumn(t *testing.T) {
	o := rich()
	o.Mess, o.Customers = 0.2, 60
	var export, truth bytes.Buffer
	_, err := WriteCSV(t.Context(), &export, &truth, o)
	require.NoError(t, err)
	plainTruth := truth.String()
	o.Accounts = 7
	truth.Reset()
	var with bytes.Buffer
	_, err = WriteCSV(t.Context(), &with, &truth, o)
	require.NoError(t, err)

	above := map[string]string{}
	lines := strings.Split(plainTruth, "\n")
	for i, line := range strings.Split(truth.String(), "\n") {
		if i == 0 {
			require.Equal(t, lines[i]+",account", line)
			continue
		}
		rest, account, _ := cutLast(line)
		require.Equal(t, lines[i], rest)
		above[strings.SplitN(line, ",", 2)[0]] = account
	}
	rows, plain := readAll(t, &with), readAll(t, &export)
	require.Len(t, rows, len(plain))
	require.Equal(t, append(slices.Clone(plain[0]), "account"), rows[0])
	full := 0
	for i, row := range rows[1:] {
		if len(row) < len(rows[0]) { // cut off
			require.Equal(t, plain[i+1], row)
			continue
		}
		require.Equal(t, plain[i+1], row[:len(row)-1])
		if row[0] != "" {
			full++
			require.Equal(t, above[row[0]], row[len(row)-1], row[0])
		}
	}
	require.Greater(t, full, 100)
}

// Whom a customer stands below is an account; these have accounts above them in chains, and
// a quarter of the others nobody.
func TestWhoStandsBelowWhom(t *testing.T) {
	o := Defaults()
	o.Customers, o.Accounts = 20_000, 50
	p, err := newPlan(o)
	require.NoError(t, err)
	number := map[string]int{"": -1}
	for i := range o.Customers {
		number[p.customerID(i)] = i
	}
	var none int
	below := map[int]int{}
	for i := range o.Customers {
		above, known := number[p.account(i)]
		require.True(t, known)
		require.Less(t, above, min(max(i, 0), o.Accounts))
		if i < o.Accounts {
			require.Equal(t, i%2 == 1, above >= 0)
			continue
		}
		if below[above]++; above < 0 {
			none++
		}
	}
	others := float64(o.Customers - o.Accounts)
	require.InDelta(t, 0.25, float64(none)/others, 4*math.Sqrt(0.25*0.75/others))
	for account := range o.Accounts {
		mean := 0.75 * others / float64(o.Accounts)
		require.InDelta(t, mean, below[account], 5*math.Sqrt(mean), account)
	}
	require.Equal(t, "C0000002", p.account(3))
	require.Equal(t, "C0000001", p.account(1))
	o.Accounts = 20_001
	require.EqualError(t, o.Validate(), "simulate: accounts: got 20001, want 0 (none) to the 20000 customers")
}

func cutLast(line string) (before, last string, found bool) {
	i := strings.LastIndexByte(line, ',')
	if i < 0 {
		return line, "", false
	}
	return line[:i], line[i+1:], true
}

func readAll(t *testing.T, export *bytes.Buffer) [][]string {
	t.Helper()
	r := csv.NewReader(export)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	require.NoError(t, err)
	return rows
}
