package exports_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/simulate/exports"
)

func write(t *testing.T, o exports.Options) *exports.Export {
	t.Helper()
	e, err := exports.Write(o)
	require.NoError(t, err)
	return e
}

// The same options give the same bytes and the same truth; another seed gives
// other ones.
func TestSameOptionsSameBytes(t *testing.T) {
	for _, kind := range exports.Kinds() {
		t.Run(kind, func(t *testing.T) {
			o := exports.Options{Kind: kind, Customers: 25, Seed: 7}
			first := write(t, o)
			require.Equal(t, first, write(t, o))
			o.Seed = 8
			require.NotEqual(t, first.Files[0].Data, write(t, o).Files[0].Data)
		})
	}
}

// A shop has all that exports are hard to read for: customers who stopped,
// orders given back in part and whole, and customers of whom nothing is left.
func TestShopHasEverything(t *testing.T) {
	e := write(t, exports.Options{Kind: "shopify", Customers: 400, Seed: 1})
	require.Greater(t, len(e.Truth.Customers), 350)
	require.Positive(t, e.Truth.ReturnedAll)
	require.Positive(t, e.Truth.Unknown)
	require.Greater(t, len(e.Truth.Stopped), 100)
	for id, b := range e.Truth.Customers {
		require.Positive(t, b.Orders, id)
		require.Positive(t, b.Net, id)
		require.LessOrEqual(t, b.LastDay, e.LastDay, id)
	}
}

func TestUnknownKind(t *testing.T) {
	_, err := exports.Write(exports.Options{Kind: "shopfiy", Customers: 1})
	require.ErrorContains(t, err, `"shopfiy" is unknown; choose one of shopify, `)
	_, err = exports.Write(exports.Options{Kind: "shopify"})
	require.ErrorContains(t, err, "customers: 0 is too few")
}
