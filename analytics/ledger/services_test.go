package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// Lines that are no goods are known by what shops call them; goods of like names are
// suggested at most.
func TestServicesAmong(t *testing.T) {
	for _, c := range []struct {
		products      []string
		sure, perhaps []string
	}{
		{[]string{"85123A", "71053", "POST", "D", "M", "BANK CHARGES", "gift_0001_20", "gift_0001_50", "22752"}, []string{"POST", "BANK CHARGES", "gift_*"}, []string{"M", "D"}},
		{[]string{"Tea", "Cup", "M", "Shipping box", "Tip jar"}, nil, []string{"*shipping*"}},
		{[]string{"Tea", " postage ", "Gift Card"}, []string{"postage", "gift card"}, nil},
		{[]string{"Kanne", "Versandkosten", "10 EUR Gutschein"}, []string{"Versandkosten"}, []string{"*Gutschein*"}},
		{[]string{"茶", "运费", "补差价专拍"}, []string{"运费"}, []string{"*补差*"}},
		{nil, nil, nil},
	} {
		require.Equal(t, ledger.Services{Sure: c.sure, Perhaps: c.perhaps}, ledger.ServicesAmong(c.products), c.products)
	}
}
