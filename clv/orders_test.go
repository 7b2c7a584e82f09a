package clv

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
)

// Orders a day are the customer's own drawn towards the shop's, the more so the
// fewer days there are; on average they are what was placed.
func TestOrdersPerPurchase(t *testing.T) {
	rng := rand.New(rand.NewPCG(61, 62))
	rates := distuv.Gamma{Alpha: 2, Beta: 4, Src: rng} // half an order a day beyond the first
	var orders, days, truth []float64
	for i := range 20_000 {
		rate, n := rates.Rand(), float64(1+i%12)
		days = append(days, n)
		orders = append(orders, n+distuv.Poisson{Lambda: rate * n, Src: rng}.Rand())
		truth = append(truth, 1+rate)
	}
	each, err := OrdersPerPurchase(orders, days, 2)
	require.NoError(t, err)
	var placed, ahead, off, ownOff float64
	for i := range each {
		own := orders[i] / days[i]
		require.GreaterOrEqual(t, each[i], min(own, 1.5)-0.05)
		require.LessOrEqual(t, each[i], max(own, 1.5)+0.05)
		placed, ahead = placed+orders[i], ahead+each[i]*days[i]
		off, ownOff = off+(each[i]-truth[i])*(each[i]-truth[i]), ownOff+(own-truth[i])*(own-truth[i])
	}
	require.InEpsilon(t, placed, ahead, 0.005)
	require.Less(t, off, ownOff/2)
}

// Where all alike place three a day, that is what they go on to do; where nobody
// ever places two, it is one.
func TestOrdersPerPurchaseOfAll(t *testing.T) {
	each, err := OrdersPerPurchase([]float64{72, 72, 36}, []float64{24, 24, 12}, 1)
	require.NoError(t, err)
	for _, v := range each {
		require.InDelta(t, 3, v, 1e-9)
	}
	for _, orders := range [][]float64{{1, 5}, {}} {
		each, err = OrdersPerPurchase(orders, orders, 1)
		require.NoError(t, err)
		for _, v := range each {
			require.InDelta(t, 1, v, 0)
		}
	}
	each, err = OrdersPerPurchase([]float64{3}, []float64{1}, 1)
	require.NoError(t, err)
	require.InDelta(t, 3, each[0], 1e-5)
	_, err = OrdersPerPurchase([]float64{1}, []float64{2}, 1)
	require.ErrorIs(t, err, ErrRow)
}

// Where a few place nearly all orders, no model says what becomes of others: all orders
// over all days are all there is to know.
func TestOrdersPerPurchaseOfAFew(t *testing.T) {
	days := []float64{1 << 36, 1 << 12, 1 << 31, 1 << 6}
	more := []float64{0, 523, 368_744_591, 29}
	orders, placed, on := make([]float64, 4), 0., 0.
	for i := range days {
		orders[i] = days[i] + more[i]
		placed, on = placed+orders[i], on+days[i]
	}
	_, err := FitModel("nbd", Panel{X: more, TX: make([]float64, 4), T: days}, 1)
	require.ErrorIs(t, err, ErrNotIdentified)
	each, err := OrdersPerPurchase(orders, days, 1)
	require.NoError(t, err)
	for _, v := range each {
		require.InDelta(t, placed/on, v, 1e-12)
	}
	require.Greater(t, placed/on, 1.005)
}
