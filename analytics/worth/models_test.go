package worth

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/wording"
)

func membersOf(t *testing.T, panel clv.Panel, names ...string) (fits []clv.MemberFit) {
	t.Helper()
	for _, name := range names {
		fit, err := clv.FitVariant(name, panel, clv.FitOptions{Workers: 1})
		require.NoError(t, err)
		fits = append(fits, clv.MemberFit{Fit: fit, Weight: 0.25})
	}
	return fits
}

// What is said of models: notes of the fit where the job file names the model, and which
// customers a model that stands alone takes for alive.
func TestWarningsOfModels(t *testing.T) {
	c := simulated(60)
	panel := panelOf(c, 19905, 7)
	for _, tt := range []struct {
		name   string
		models []string
		note   string
		choice choice
		want   []string
	}{
		{"named, with a note", []string{"pareto-nbd"}, "flat", choice{}, []string{"clv: flat"}},
		{"chosen, with a note", []string{"pareto-nbd"}, "flat", choice{on: "2024-06-30"}, nil},
		{"untested", []string{"pareto-nbd"}, "", choice{untested: wording.Words("too young")}, []string{"intervals are wide: too young"}},
		{"drifted", []string{"pareto-nbd"}, "", choice{drifted: wording.Words("the shop has changed")}, []string{"clv: the shop has changed; intervals allow for it"}},
		{"one that keeps one-time buyers", []string{"bg-nbd"}, "", choice{}, []string{"p_alive is 1 for them"}},
		{"one that keeps all", []string{"nbd"}, "", choice{}, []string{"p_alive is 1 for all"}},
		{"several", []string{"nbd", "bg-nbd"}, "", choice{}, nil},
	} {
		n := context(t, "", ann(t), nil)
		m := models{fits: membersOf(t, panel, tt.models...)}
		m.fits[0].Note = wording.Words(tt.note)
		m.warn(n, tt.choice)
		all := n.Warnings.All()
		require.Len(t, all, len(tt.want), tt.name)
		for i, want := range tt.want {
			require.Contains(t, all[i], want, tt.name)
		}
	}
}

// A fit begins where that of the same model ended the night before.
func TestParametersOfTheNightBefore(t *testing.T) {
	n := context(t, "", ann(t), nil)
	require.Nil(t, lastParams(n, "nbd"))
	n.Previous = nighttest.Before(t, n.Job, "2024-06-30", nil, nil)
	require.Nil(t, lastParams(n, "nbd"))
	n.Previous.Model = &publication.Model{File: clv.File{Model: "nbd", Params: map[string]float64{"r": 1, "alpha": 2}}}
	require.Equal(t, map[string]float64{"r": 1, "alpha": 2}, lastParams(n, "nbd"))
	require.Nil(t, lastParams(n, "bg-nbd"))
}

// A third and two thirds are in the middle.
func TestChurnBands(t *testing.T) {
	w := &Result{PNext: []float64{0, 0.1, 0.33, 1. / 3, 0.34, 2. / 3, 0.67}}
	require.Nil(t, w.Churn())
	w.models.blend = &clv.Blend{}
	require.Equal(t, &publication.ChurnBands{High: 3, Middle: 3, Low: 1}, w.Churn())
}

// Customer equity is as wide as the parts of it say: of how far the members of a blend are
// apart, the less remains the longer the forecasts were that have come true.
func TestBoundsOfABlend(t *testing.T) {
	w, n := value(t, "clv: {unit: day, horizon: 100 days, discount_rate: 0}\n", simulated(100))
	var err error
	w.models, err = blendOf(membersOf(t, w.Panel, "nbd", "bg-nbd"), 1)
	require.NoError(t, err)
	require.InDelta(t, 0.5, w.models.fits[0].Weight, 0)
	level := publication.Level{Variance: 0.01, Days: 40}
	require.NoError(t, w.lookAhead(n, level))

	o := w.valuer.scoreOptions()
	options := clv.PredictiveOptions{Horizon: 100, Prices: w.valuer.Prices, Workers: 1, Spend: &w.spend.fit.Model, SpendCovariance: w.spend.fit.Covariance}
	p, err := clv.NewPredictive(w.models.blend, options)
	require.NoError(t, err)
	o.WithDECT = true
	total := p.Total(w.Panel, clv.ScoreBlend(w.models.blend, w.Panel, o), clv.SpentOf(spendHistories(n.Customers)), w.valuer.baskets)
	require.Positive(t, total.Members)
	past := clv.Past{Drift: 0.01 * math.Sqrt(100./40), Tested: 40. / 100}
	low, high := total.Interval(0.90, past)
	require.InEpsilon(t, low, w.Bounds.Low, 1e-9)
	require.InEpsilon(t, high, w.Bounds.High, 1e-9)
	require.InEpsilon(t, math.Sqrt(0.6*0.6*total.Members), w.Bounds.Width.Members, 1e-9)
	require.InEpsilon(t, math.Sqrt(past.Drift), w.Bounds.Width.Money, 1e-9)
	require.InEpsilon(t, math.Sqrt(total.Chance), w.Bounds.Width.Chance, 1e-9)
	require.InEpsilon(t, math.Sqrt(total.Parameters), w.Bounds.Width.Parameters, 1e-9)
	e := w.Equity()
	require.InDelta(t, sum(w.Future), e.Value.Float(), 0.01)
	require.InDelta(t, low, e.Low.Float(), 0.01)
	require.InDelta(t, high, e.High.Float(), 0.01)
	require.Equal(t, w.Bounds.Width, e.Width)
}

// Money counts until a horizon or, with a discount, until it has lost most of its worth.
func TestDaysThatMoneyLiesAhead(t *testing.T) {
	for _, tt := range []struct{ unit, horizon, rate, want float64 }{
		{7, 10, 0, 70}, {7, 10, 0.1, 70}, {7, math.Inf(1), 0.1, 365.25 / math.Log(1.1)},
	} {
		v := valuer{Rules: valuation.Rules{UnitDays: tt.unit, Horizon: tt.horizon, Rate: tt.rate}}
		require.InDelta(t, tt.want, v.Days(), 1e-9, "%+v", tt)
	}
	forever := valuer{Rules: valuation.Rules{UnitDays: 7, Horizon: math.Inf(1)}}
	require.InDelta(t, 30*365.25, forever.Days(), 1e-9)
	for settings, want := range map[string]float64{"clv: {unit: week, horizon: 70 days}\n": 10, "clv: {unit: day, horizon: 70 days}\n": 70} {
		f := nighttest.Frame(t, "2024-07-01", settings)
		require.InDelta(t, want, valuation.Of(f.Job.CLV, 1).Horizon, 1e-9)
	}
}
