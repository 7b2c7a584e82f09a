package draft_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/draft"
)

// A row that says "returned" is the sale that came back, and brought no money; or a row of
// its own beside the sale's, which takes it back.
func TestReturnedOrders(t *testing.T) {
	const head = "Order No;Order Date;Customer No;Product Code;Line Total;Status\n" +
		"A1;2025-01-05;C1;P1;10.00;Completed\nA2;2025-01-06;C2;P2;5.00;Completed\nA3;2025-02-06;C1;P1;7.50;Completed\n"
	for row, returns := range map[string]bool{
		"A4;2025-02-07;C2;P1;25.25;Returned\n":  false,
		"A3;2025-02-07;C1;P2;25.25;Returned\n":  false, // another line of an order
		"A3;2025-02-07;C1;P1;7.50;Returned\n":   true,
		"A4;2025-02-07;C2;P1;-25.25;Returned\n": true,
	} {
		d, err := draft.New([]draft.Input{look("orders.csv", head+row)}, draft.Answers{})
		require.NoError(t, err)
		got := decided(d)
		require.Equal(t, returns, got["returns"] == "Status IN ('Returned')", row)
		require.Equal(t, !returns, got["where"] == "coalesce(Status, '') NOT IN ('Returned')", row)
	}
}
