package accounts_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/accounts"
)

func TestDecide(t *testing.T) {
	f := accounts.Decide([]accounts.Said{
		{"shop 1", "region", 5},
		{"shop 2", "region", 5},
		{"region", "group", 6},
		{"moved", "region", 5},
		{"moved", "other", 9},
		{"free", "group", 3},
		{"free", "free", 4},
		{"x", "y", 1},
		{"y", "x", 1},
		{"z", "x", 1},
	})
	require.Equal(t, []string{"free", "group", "moved", "other", "region", "shop 1", "shop 2", "x", "y", "z"}, f.IDs)
	above := map[string]string{}
	for at, id := range f.IDs {
		above[id] = f.ParentOf(at)
	}
	require.Equal(t, map[string]string{
		"free": "", "group": "", "moved": "other", "other": "", "region": "group", "shop 1": "region", "shop 2": "region", "x": "", "y": "", "z": "x",
	}, above)
	require.Equal(t, "group", f.TopOf("shop 1"))
	require.Equal(t, "group", f.TopOf("group"))
	require.Equal(t, "nobody we know", f.TopOf("nobody we know"))
	require.Equal(t, 2, f.Deepest())
	require.EqualValues(t, 2, f.Circular)
	require.EqualValues(t, 2, f.Several)
	alone := f.Alone()
	for at, id := range f.IDs {
		require.Equal(t, id == "free" || id == "y", alone[at], id)
	}
}

func TestNobodySaysAnything(t *testing.T) {
	var none *accounts.Found
	require.Equal(t, "a", none.TopOf("a"))
	require.Zero(t, accounts.Decide(nil).Deepest())
	require.Equal(t, "a", accounts.Decide(nil).TopOf("a"))
}
