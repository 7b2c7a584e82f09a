package simulate

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The bundled export is small and yet has everything in it.
func TestShopIsSmallAndRich(t *testing.T) {
	var w, truth bytes.Buffer
	counts, err := WriteCSV(t.Context(), &w, &truth, shop())
	require.NoError(t, err)
	require.Less(t, w.Len(), 600_000)
	require.InDelta(t, 5000, counts.Rows, 300)
	require.EqualValues(t, 400, counts.Customers)
	require.Greater(t, counts.Returns, int64(50))
	for _, f := range Flaws() {
		require.Greater(t, counts.Damaged[f], int64(5), f.String())
	}
	for _, profile := range profileNames {
		require.GreaterOrEqual(t, strings.Count(truth.String(), ","+profile+","), 8, profile)
	}
	o := shop()
	for _, labels := range [][]string{o.Categories, o.Channels, o.Regions} {
		for _, label := range labels {
			require.Contains(t, w.String(), label)
		}
	}
}

// A drifting customer never comes back to the old favourite.
func TestDriftersLeaveTheirFavourite(t *testing.T) {
	o := shop()
	o.Profiles = Profiles{Drifting: 1, Gap: 5}
	p, err := newPlan(o)
	require.NoError(t, err)
	m := newMaker(p)
	for i := range 50 {
		rows, l := m.customer(i, nil, new(Counts))
		m.basket.reset(o.Seed, basketDraws, i)
		old := p.categories.labels[p.newTaste(m.basket, &l).favourite]
		var before, all int
		for _, r := range rows {
			if r.Flaw != Sound || r.Quantity < 0 {
				continue
			}
			if r.Time.Before(p.at(l.turn)) {
				all++
				if r.Category == old {
					before++
				}
				continue
			}
			require.NotEqual(t, old, r.Category)
		}
		require.Greater(t, before, all/3)
	}
}
