package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// Lines about what is no goods are set aside, and counted with their money.
func TestExcludedProducts(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,day,amount,product
1,2024-01-01,10,85123A
1,2024-01-01,3,POST
1,2024-01-01,4, post
1,2024-01-01,20,gift_0001_20
1,2024-01-01,21,GIFT_0001_30
1,2024-01-01,5,giftX0001
1,2024-01-01,6,M
1,2024-01-01,7,m
1,2024-01-01,8,MM
1,2024-01-01,9,
1,2024-01-01,-2,Bank Charges
1,2024-01-01,x,DOT
1,2024-01-01,11,50%
1,2024-01-01,12,50x
1,2024-01-01,13,[a]\b'
1,2024-01-01,14,C2
1,2024-01-01,15,C22
`)
	plan := s.load(head + "sources:\n" +
		"  - path: export.csv\n    columns: {customer: id, time: day, amount: amount, product: product}\n" +
		"    exclude_products: [POST, DOT, 'gift_*', M, bank charges, '50%', \"[a]\\\\b'\", 'C?']\n")
	require.Equal(t, []string{
		"10|", "3|excluded_product", "4|excluded_product", "20|excluded_product", "21|excluded_product", "5|", "6|excluded_product", "7|excluded_product",
		"8|", "9|", "-2|excluded_product", "|excluded_product", "11|excluded_product", "12|", "13|excluded_product", "14|excluded_product", "15|",
	}, s.cells("amount, reason"))
	a := s.tally(plan).Total
	require.Equal(t, ledger.Count{Rows: 11, Money: a.Read.Money.Minus(a.Used.Money), Unknown: 1}, a.Rejected[ledger.ExcludedProduct])
	require.Equal(t, "97.00", a.Rejected[ledger.ExcludedProduct].Money.String())
	require.Equal(t, "59.00", a.Used.Money.String())
}

// The job file wants them gone: they are counted every night, and listed only where all
// rows set aside are.
func TestExcludedProductsAreNoFaults(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount,product\n1,2024-01-01,10,tea\n1,2024-01-01,3,POST\n")
	yaml := head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: amount, product: product}\n    exclude_products: [post]\noutput: {rejects: "
	require.Empty(t, s.rejects(s.load(yaml+"faults}\n")))
	require.Equal(t, []ledger.Reject{{Source: "export.csv", Line: 3, Reason: ledger.ExcludedProduct, Row: "1,2024-01-01,3,POST"}}, s.rejects(s.load(yaml+"all}\n")))
}
