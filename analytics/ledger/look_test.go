package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// A state, a currency or another of few values that stands far below the first rows is
// seen all the same, and so is the day that tells days from months.
func TestLookSeesLateValues(t *testing.T) {
	s := newShop(t)
	var csv strings.Builder
	csv.WriteString("order,day,total,status\n")
	for i := range 25_000 {
		day, status := fmt.Sprintf("%02d/%02d/2024 %02d:%02d", 1+i%12, 1+i%11, i%24, i%60), "paid"
		if i == 24_000 {
			day, status = "31/12/2024 10:00", "cancelled"
		}
		fmt.Fprintf(&csv, "%d,%s,1.50,%s\n", i, day, status)
	}
	s.write("a.csv", csv.String())
	source := job.DefaultSource()
	source.Path = "a.csv"
	looks, err := ledger.LookAt(t.Context(), openEngine(t, 2), s.dir, source)
	require.NoError(t, err)
	require.Equal(t, []string{"cancelled", "paid"}, looks[0].Values[3])
	require.Equal(t, map[int][]string{1: {"31/12/2024"}}, looks[0].Days)
}
