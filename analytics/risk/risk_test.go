package risk

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
	"clientele/segment/lifecycle"
)

// shop is four customers: one goes on, one is watched, and two are in decline, of whom the
// second has more at stake.
func shop(t *testing.T) (night.Context, Needs) {
	c := &customers.Table{ID: []string{"a", "b", "c", "d"}, LastDay: []int32{10, 20, 30, 40}}
	return night.NewContext(nighttest.Frame(t, "2024-07-01", ""), c), Needs{
		Stage:    []lifecycle.Stage{lifecycle.Stability, lifecycle.Formation, lifecycle.Declining, lifecycle.Declining},
		Decline:  []lifecycle.Decline{lifecycle.DeclineNone, lifecycle.DeclineWatch, lifecycle.DeclineSudden, lifecycle.DeclineGradual},
		Momentum: []float64{1.1, 0.45, 0.2, 0.1},
		UsualGap: []float64{7, 8, 9, 10},
		AppendReasons: func(b []byte, i int) []byte {
			return append(b, []string{"goes on", "is watched", "fell", "slides"}[i]...)
		},
		FormerPace: []float64{100, 50, 30, 90},
		Future:     []float64{120, 49, 20, 10},
		PNext:      []float64{0.9, 0.8, 0.3, 0.4},
	}
}

func TestAtStake(t *testing.T) {
	r := Run(shop(t))
	require.Equal(t, []float64{0, 1, 10, 80}, r.Value)
	require.Equal(t, &publication.AtRiskTotal{Customers: 3, Value: money.FromFloat(91)}, r.Total())
	require.Equal(t, map[string]string{"value_at_risk": "10"}, nighttest.Published(t, column.Risk, r.Columns())[2])
}

func TestListOfWhoIsSlipping(t *testing.T) {
	files := Run(shop(t)).Files(func(i int) string { return []string{"gold", "silver", "", "bronze"}[i] })
	require.Len(t, files, 1)
	require.Equal(t, "at_risk.csv", files[0].Name)
	require.Equal(t, []map[string]string{
		{
			"rank": "1", "customer_id": "d", "stage": "decline", "tier": "bronze", "momentum": "0.1", "p_next": "0.4", "value_at_former_pace": "90",
			"future_value": "10", "value_at_risk": "80", "last_day": "1970-02-10", "usual_gap_days": "10", "reasons": "slides",
		},
		{
			"rank": "2", "customer_id": "c", "stage": "decline", "tier": "", "momentum": "0.2", "p_next": "0.3", "value_at_former_pace": "30",
			"future_value": "20", "value_at_risk": "10", "last_day": "1970-01-31", "usual_gap_days": "9", "reasons": "fell",
		},
		{
			"rank": "3", "customer_id": "b", "stage": "formation", "tier": "silver", "momentum": "0.45", "p_next": "0.8", "value_at_former_pace": "50",
			"future_value": "49", "value_at_risk": "1", "last_day": "1970-01-21", "usual_gap_days": "8", "reasons": "is watched",
		},
	}, nighttest.Rows(t, files[0].Some(0, files[0].Rows)...))
}

// Who is unknown is listed last, and adds nothing.
func TestUnknown(t *testing.T) {
	n, needs := shop(t)
	needs.FormerPace[3] = math.NaN()
	r := Run(n, needs)
	require.Equal(t, []int{2, 1, 3}, r.slipping)
	require.Equal(t, &publication.AtRiskTotal{Customers: 3, Value: money.FromFloat(11)}, r.Total())
	require.Empty(t, nighttest.Published(t, column.Risk, r.Columns())[3]["value_at_risk"])
	list := r.Files(nil)[0]
	for _, row := range nighttest.Rows(t, list.Some(0, list.Rows)...) {
		require.Empty(t, row["tier"])
	}
}

func TestWithoutAModel(t *testing.T) {
	n, needs := shop(t)
	needs.FormerPace, needs.Future, needs.PNext = nil, nil, nil
	r := Run(n, needs)
	require.Nil(t, r.Total())
	require.Empty(t, r.Files(nil))
	require.Equal(t, map[string]string{"value_at_risk": ""}, nighttest.Published(t, column.Risk, r.Columns())[0])
	require.Nil(t, (*Result)(nil).Total())
}
