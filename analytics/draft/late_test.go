package draft_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/draft"
)

// What only rows below the first ones tell is heeded: another currency, and which number of a
// date is the day.
func TestLateValues(t *testing.T) {
	const rows = "customer;day;total;currency\na;01/02/2025;9.50;EUR\nb;03/04/2025;3.25;EUR"
	in := look("orders.csv", rows)
	in.Looks[0].Days = map[int][]string{1: {"31/12/2024"}}
	d, err := draft.New([]draft.Input{in}, draft.Answers{})
	require.NoError(t, err)
	require.Equal(t, "dmy", decided(d)["dates"])
	require.Equal(t, "currency", decided(d)["columns.currency"], "a row in another is refused")

	in = look("orders.csv", rows)
	in.Looks[0].Days = map[int][]string{1: {"31/12/2024"}}
	in.Looks[0].Values = map[int][]string{3: {"EUR", "USD"}}
	_, err = draft.New([]draft.Input{in}, draft.Answers{})
	require.ErrorContains(t, err, "the amounts are in several currencies (EUR, USD)")
}
