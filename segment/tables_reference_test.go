package segment

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
)

// The 995 customers of R rfm's synthetic orders, with the scores and segments
// that version 0.3.0 gives them (shared/data, SOURCES-retail.md).
func TestSegmentsOfR(t *testing.T) {
	file, err := os.Open("../../shared/data/rfm-r-orders.golden-0.3.0.csv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("reference data are not here")
	}
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	new10, old10 := RFM10(), RFM10Legacy()
	counts, legacy := map[string]int{}, map[string]int{}
	orders, amount := 0, 0 // of the legacy table's champions
	for _, row := range rows[1:] {
		number := func(column string) int {
			n, err := strconv.Atoi(row[at[column]])
			require.NoError(t, err)
			return n
		}
		r, f, m := int8(number("recency_score")), int8(number("frequency_score")), int8(number("monetary_score"))
		key := new10.Assign(r, f, m)
		require.Equal(t, row[at["segment"]], new10.Label(wording.In("en"), key), row[at["customer_id"]])
		counts[key]++
		old := old10.Assign(r, f, m)
		legacy[old]++
		if old == "champions" {
			orders += number("transaction_count")
			amount += number("amount")
		}
	}
	require.Equal(t, map[string]int{
		"champions": 35, "potential_loyalist": 342, "loyal_customers": 170, "promising": 9, "new_customers": 104,
		"cant_lose_them": 47, "at_risk": 28, "need_attention": 10, "about_to_sleep": 102, "lost": 148,
	}, counts)
	// R rfm 0.2.x, tests of rfm_segment.
	require.Equal(t, map[string]int{
		"champions": 158, "loyal_customers": 278, "potential_loyalist": 229, "need_attention": 35,
		"about_to_sleep": 50, "at_risk": 86, "lost": 111, Others: 48,
	}, legacy)
	require.Equal(t, 1234, orders)
	require.Equal(t, 120_178, amount)
}
