package money

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/currency"
)

// The Unicode project's table says the same of each currency in use, but for those whose
// minor unit nobody uses any more, for which it has none.
func TestPlaces(t *testing.T) {
	withoutCents := strings.Fields("AFN ALL AMD COP GYD IDR IQD IRR KPW LAK LBP MGA MMK MNT MRO MUR PKR RSD SLL SOS SYP TZS UZS YER")
	seen := map[string]bool{}
	for it := currency.Query(currency.Date(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)), currency.NonTender); it.Next(); {
		code := it.Unit().String()
		seen[code] = true
		scale, _ := currency.Standard.Rounding(it.Unit())
		if slices.Contains(withoutCents, code) {
			require.Zero(t, scale, code)
			continue
		}
		require.Equal(t, Places(code), scale, code)
	}
	require.Greater(t, len(seen), 150)
	for code := range places {
		require.True(t, seen[code] || code == "UYW", code) // which is newer than the table
	}
	require.Equal(t, 2, Places(""))
	require.Equal(t, 2, Places("GBP"))
	require.Equal(t, 3, Places("KWD"))
	require.Equal(t, 0, Places("JPY"))
}
