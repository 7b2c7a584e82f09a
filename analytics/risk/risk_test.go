package risk

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/segment/lifecycle"
)

// shop is four customers: one goes on, one is watched, and two are in decline, of whom the
// second has more at stake.
func shop(t *testing.T) (night.Context, Needs) {
	c := &customers.Table{ID: []string{"a", "b", "c", "d"}, LastDay: []int32{10, 20, 30, 40}}
	return night.NewContext(nighttest.Frame(t, "2024-07-01", ""), c), Needs{
		Stage:      []lifecycle.Stage{lifecycle.Stability, lifecycle.Formation, lifecycle.Declining, lifecycle.Declining},
		Decline:    []lifecycle.Decline{lifecycle.DeclineNone, lifecycle.DeclineWatch, lifecycle.DeclineSudden, lifecycle.DeclineGradual},
		Momentum:   []float64{1.1, 0.45, 0.2, 0.1},
		UsualGap:   []float64{7, 8, 9, 10},
		Reasons:    []string{"goes on", "is watched", "fell", "slides"},
		FormerPace: []float64{100, 50, 30, 90},
		Future:     []float64{120, 49, 20, 10},
		PNext:      []float64{0.9, 0.8, 0.3, 0.4},
	}
}

func TestAtStake(t *testing.T) {
	r := Run(shop(t))
	require.Equal(t, []float64{0, 1, 10, 80}, r.Value)
	require.Equal(t, &publication.AtRiskTotal{Customers: 3, Value: ledger.MoneyFromFloat(91)}, r.Total())
	require.Equal(t, map[string]any{"value_at_risk": 10.}, nighttest.Row(r.Columns(), 2))
}

func TestListOfWhoIsSlipping(t *testing.T) {
	files := Run(shop(t)).Files(func(i int) string { return []string{"gold", "silver", "", "bronze"}[i] })
	require.Len(t, files, 1)
	require.Equal(t, "at_risk.csv", files[0].Name)
	row := map[string]any{}
	for _, c := range files[0].Columns {
		row[c.Name] = c.Values
	}
	require.Equal(t, map[string]any{
		"rank": []int64{1, 2, 3}, "customer_id": []string{"d", "c", "b"}, "stage": []string{"decline", "decline", "formation"},
		"tier": []string{"bronze", "", "silver"}, "momentum": []float64{0.1, 0.2, 0.45}, "p_next": []float64{0.4, 0.3, 0.8},
		"value_at_former_pace": []float64{90, 30, 50}, "future_value": []float64{10, 20, 49}, "value_at_risk": []float64{80, 10, 1},
		"last_day": days(40, 30, 20), "usual_gap_days": []float64{10, 9, 8}, "reasons": []string{"slides", "fell", "is watched"},
	}, row)
}

// Who is unknown is listed last, and adds nothing.
func TestUnknown(t *testing.T) {
	n, needs := shop(t)
	needs.FormerPace[3] = math.NaN()
	r := Run(n, needs)
	require.Equal(t, []int{2, 1, 3}, r.slipping)
	require.Equal(t, &publication.AtRiskTotal{Customers: 3, Value: ledger.MoneyFromFloat(11)}, r.Total())
	require.Nil(t, nighttest.Row(r.Columns(), 3)["value_at_risk"])
	require.Equal(t, []string{"", "", ""}, tiers(r))
}

func tiers(r *Result) any {
	for _, c := range r.Files(nil)[0].Columns {
		if c.Name == "tier" {
			return c.Values
		}
	}
	return nil
}

func TestWithoutAModel(t *testing.T) {
	n, needs := shop(t)
	needs.FormerPace, needs.Future, needs.PNext = nil, nil, nil
	r := Run(n, needs)
	require.Nil(t, r.Total())
	require.Empty(t, r.Files(nil))
	require.Equal(t, map[string]any{"value_at_risk": nil}, nighttest.Row(r.Columns(), 0))
	require.Nil(t, (*Result)(nil).Total())
}

func days(of ...int32) any {
	cells := publication.Days(of)
	rows := make([]int, len(of))
	for i := range rows {
		rows[i] = i
	}
	return cells.Of("", rows).Values
}
