package published

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Columns go by their names; those that are not there, and empty cells, are NaN.
func TestReadCustomers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "customers.csv")
	require.NoError(t, os.WriteFile(path, []byte("x,customer_id,first_day,last_day,p_alive,stage,t_x,t\n"+
		"2,\"b, c\",2024-01-01,2024-02-01,.5,decline,1.5,3\n0,a,1969-12-31,1969-12-31,,exploration,0,3\n"), 0o600))
	of, err := readCustomers(path)
	require.NoError(t, err)
	require.Len(t, of, 2)
	require.Equal(t, "b, c", of[0].ID)
	require.Equal(t, "decline", of[0].Stage)
	require.Equal(t, []float64{2, 1.5, 3, .5}, []float64{of[0].X, of[0].TX, of[0].T, of[0].PAlive})
	require.EqualValues(t, 31, of[0].LastDay-of[0].FirstDay)
	require.EqualValues(t, -1, of[1].FirstDay)
	require.True(t, math.IsNaN(of[1].PAlive))
	require.True(t, math.IsNaN(of[0].Momentum))

	require.NoError(t, os.WriteFile(path, []byte("x,customer_id,first_day,last_day\ntwo,a,2024-01-01,2024-01-01\n"), 0o600))
	_, err = readCustomers(path)
	require.ErrorContains(t, err, "x: ")
}

// A night is run and read back, and the next one follows it.
func TestPublish(t *testing.T) {
	dir := t.TempDir()
	lines := []string{"who,day"}
	for who := range 90 {
		for n := range 1 + who%6 {
			lines = append(lines, fmt.Sprintf("c%02d,2023-%02d-%02d", who, 1+2*n, 1+who%28))
		}
	}
	path := filepath.Join(dir, "shop.csv")
	require.NoError(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	j := Job{Dir: dir, Threads: 1, Text: fmt.Sprintf(
		"name: shop\nsources: [{path: %q, columns: {customer: who, time: day, amount: \"1\"}}]\nclv: {model: nbd}\n", path)}
	day, err := Day("2023-12-31 23:00:00")
	require.NoError(t, err)
	for _, night := range []int32{day - 7, day} {
		n, err := j.Publish(t.Context(), night, "clv.horizon=91 days", "clv.discount_rate=0")
		require.NoError(t, err)
		require.Equal(t, night, n.Day)
		require.Len(t, n.Customers, 90)
		require.Equal(t, "c00", n.Customers[0].ID)
		require.InDelta(t, 5, n.Customers[5].X, 0)
		require.Equal(t, "nbd", n.Model.Name)
		require.InDelta(t, 7, n.Model.Unit, 0)
		require.Greater(t, n.Equity.High, n.Equity.Low)

		count, any := n.Model.Chances(n.Customers, 91, make([]float64, 90), 1)
		for i := range any {
			require.InDelta(t, 1, count[i]+any[i], 1e-12)
		}
	}
	_, err = j.Publish(t.Context(), day, "clv.horizon=never")
	require.ErrorContains(t, err, "the night of 2023-12-31")
}
