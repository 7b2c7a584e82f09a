package segment

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func names(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "c" + strconv.Itoa(i)
	}
	return ids
}

func spendLevels(silver, gold *Limit) []Level {
	return []Level{
		{Name: "silver", Qualify: []Threshold{{"spend", 500}}, Limit: silver},
		{Name: "gold", Qualify: []Threshold{{"spend", 2000}}, Limit: gold},
	}
}

func TestTiersByThreshold(t *testing.T) {
	spend := []float64{450, 500, 2310.5, math.NaN(), -3}
	got, err := AssignTiers(spendLevels(nil, nil), names(5), map[string][]float64{"spend": spend})
	require.NoError(t, err)
	require.Equal(t, []int{NoLevel, 0, 1, NoLevel, NoLevel}, got.Level)
	require.Equal(t, []string{
		"spend 450 < 500", "spend 500 >= 500", "spend 2310.5 >= 2000", "spend unknown", "spend -3 < 500",
	}, got.Reason)
}

func TestTiersNeedEveryThreshold(t *testing.T) {
	levels := []Level{
		{Name: "member"},
		{Name: "gold", Qualify: []Threshold{{"spend", 1000}, {"orders", 5}}},
	}
	metrics := map[string][]float64{"spend": {1000, 5000, 10}, "orders": {5, 4, 9}}
	got, err := AssignTiers(levels, names(3), metrics)
	require.NoError(t, err)
	require.Equal(t, []int{1, 0, 0}, got.Level)
	require.Equal(t, []string{"spend 1000 >= 1000; orders 5 >= 5", "open to all", "open to all"}, got.Reason)
}

func TestLimits(t *testing.T) {
	tests := []struct {
		name         string
		silver, gold *Limit
		spend        []float64
		want         []int
	}{
		{"count", nil, &Limit{Count: 1}, []float64{2500, 3000, 100}, []int{0, 1, -1}},
		{"count leaves out equals that straddle it", nil, &Limit{Count: 2}, []float64{2500, 3000, 2500}, []int{0, 1, 0}},
		{"count takes equals that fit", nil, &Limit{Count: 3}, []float64{2500, 3000, 2500}, []int{1, 1, 1}},
		{"share takes equals that straddle it", nil, &Limit{Share: 0.5}, []float64{2500, 3000, 2500, 1}, []int{1, 1, 1, -1}},
		{"share stops at a block that begins beyond it", nil, &Limit{Share: 0.5}, []float64{2500, 3000, 2600, 1}, []int{0, 1, 1, -1}},
		{"share rounds down", nil, &Limit{Share: 0.5}, []float64{2500, 3000, 2600}, []int{0, 1, 0}},
		{"share of too few is nobody", nil, &Limit{Share: 0.2}, []float64{2500, 3000}, []int{0, 0}},
		{"lower limit counts the members above", &Limit{Count: 2}, nil, []float64{3000, 600, 700}, []int{1, -1, 0}},
		{"lower limit binds the members above", &Limit{Count: 1}, nil, []float64{3000, 2500, 700}, []int{1, -1, -1}},
		{"displaced gold competes for silver", &Limit{Count: 2}, &Limit{Count: 1}, []float64{3000, 2500, 700}, []int{1, 0, -1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := AssignTiers(spendLevels(tt.silver, tt.gold), names(len(tt.spend)), map[string][]float64{"spend": tt.spend})
			require.NoError(t, err)
			require.Equal(t, tt.want, got.Level)
		})
	}
}

func TestShareIsNotLostToRounding(t *testing.T) {
	spend := make([]float64, 100)
	for i := range spend {
		spend[i] = 3000 + float64(i)
	}
	got, err := AssignTiers(spendLevels(nil, &Limit{Share: 0.29}), names(100), map[string][]float64{"spend": spend})
	require.NoError(t, err)
	gold := 0
	for _, k := range got.Level {
		gold += k
	}
	require.Equal(t, 29, gold) // 0.29·100 is 28.999999999999996
}

func TestRefusalsSayWhy(t *testing.T) {
	levels := spendLevels(&Limit{Count: 4}, &Limit{Count: 2, By: "clv"})
	metrics := map[string][]float64{
		"spend": {3000, 3000, 3000, 3000, 600, 600},
		"clv":   {90, 80, 80, math.NaN(), 10, 10},
	}
	got, err := AssignTiers(levels, names(6), metrics)
	require.NoError(t, err)
	require.Equal(t, []int{1, 0, 0, 0, -1, -1}, got.Level)
	require.Equal(t, []string{
		"spend 3000 >= 2000",
		"spend 3000 >= 500; capped: gold: clv rank 2-3 of 2 allowed",
		"spend 3000 >= 500; capped: gold: clv rank 2-3 of 2 allowed",
		"spend 3000 >= 500; capped: gold: clv unknown",
		"capped: silver: spend rank 5-6 of 4 allowed",
		"capped: silver: spend rank 5-6 of 4 allowed",
	}, got.Reason)
}

func TestTiersWithoutLevelsOrCustomers(t *testing.T) {
	got, err := AssignTiers(nil, names(1), nil)
	require.NoError(t, err)
	require.Equal(t, TierResult{Level: []int{NoLevel}, Reason: []string{"no levels"}}, got)

	got, err = AssignTiers(spendLevels(nil, &Limit{Share: 0.1}), nil, map[string][]float64{"spend": nil})
	require.NoError(t, err)
	require.Empty(t, got.Level)
}

func TestTiersRefuse(t *testing.T) {
	tests := []struct {
		name    string
		levels  []Level
		metrics map[string][]float64
		want    string
	}{
		{"missing metric", spendLevels(nil, nil), nil, `level 0 (silver): no metric "spend"`},
		{"missing ranking metric", spendLevels(nil, &Limit{Count: 1, By: "clv"}), map[string][]float64{"spend": {1}}, `level 1 (gold): no metric "clv"`},
		{"length", spendLevels(nil, nil), map[string][]float64{"spend": {1, 2}}, "metric spend has 2 entries, want 1"},
		{"infinite", spendLevels(nil, nil), map[string][]float64{"spend": {math.Inf(1)}}, "metric spend of customer c0 is +Inf"},
		{"threshold", []Level{{Name: "x", Qualify: []Threshold{{"spend", math.NaN()}}}}, map[string][]float64{"spend": {1}}, "threshold of spend is NaN"},
		{"empty limit", spendLevels(&Limit{}, nil), map[string][]float64{"spend": {1}}, "exactly one of them"},
		{"both limits", spendLevels(&Limit{Share: 0.1, Count: 3}, nil), map[string][]float64{"spend": {1}}, "exactly one of them"},
		{"share above one", spendLevels(&Limit{Share: 1.5}, nil), map[string][]float64{"spend": {1}}, "limit of share 1.5"},
		{"negative count", spendLevels(&Limit{Count: -1}, nil), map[string][]float64{"spend": {1}}, "limit of -1 members"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := AssignTiers(tt.levels, names(1), tt.metrics)
			require.ErrorIs(t, err, ErrTiers)
			require.ErrorContains(t, err, tt.want)
		})
	}
}
