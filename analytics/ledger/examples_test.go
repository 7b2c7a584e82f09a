package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// The zeros of a whole number are not those behind its cents.
func TestExamplesShowAmounts(t *testing.T) {
	for text, want := range map[string]string{
		"10": "10", "100": "100", "0": "0", "": "", "-20": "-20",
		"10.000000": "10.00", "12.500000": "12.50", "-0.100000": "-0.10", "1.234500": "1.2345", "0.000001": "0.000001", "2.5": "2.5",
	} {
		require.Equal(t, want, ledger.PlainAmount(text), text)
	}
}
