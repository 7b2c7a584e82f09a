package clv

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// threeModels is a blend of models that see the same customers differently.
func threeModels(t testing.TB) *Blend {
	t.Helper()
	b, err := NewBlend([]Member{
		{Model: model(t, "bg-nbd", 0.5, 6, 0.8, 2.5), Weight: 0.5},
		{Model: model(t, "mbg-nbd", 0.6, 7, 0.5, 1.5), Weight: 0.3, Covariance: logCovariance([]float64{0.6, 7, 0.5, 1.5}, 0.1, 0.3)},
		{Model: model(t, "nbd", 0.4, 12), Weight: 0.2},
	})
	require.NoError(t, err)
	return b
}

func TestNewBlendRefuses(t *testing.T) {
	m := model(t, "nbd", 0.4, 12)
	for _, test := range []struct {
		members []Member
		says    string
	}{
		{nil, "weights sum to 0; expected 1"},
		{[]Member{{Model: m, Weight: 0.5}}, "weights sum to 0.5; expected 1"},
		{[]Member{{Model: m, Weight: 1.5}, {Model: m, Weight: -0.5}}, "weight of nbd (1.5) is not a number from 0 to 1"},
		{[]Member{{Model: m, Weight: math.NaN()}}, "weight of nbd (NaN)"},
		{[]Member{{Weight: 1}}, "member 0 has no model"},
		{[]Member{{Model: m, Weight: 1, Covariance: [][]float64{{1}}}}, "covariance of nbd should have 2 rows of 2 numbers"},
	} {
		_, err := NewBlend(test.members)
		require.ErrorIs(t, err, ErrParameter)
		require.ErrorContains(t, err, test.says)
	}
}

// All that a blend says of a customer is the mean of what its members say, who count the
// less the less they expected the silence.
func TestScoreBlendIsTheMean(t *testing.T) {
	b, panel := threeModels(t), benchmarkPanel(300)
	o := ScoreOptions{
		Horizon: 52, Delta: 0.01, WithLogLikelihood: true, WithDECT: true, WithDERT: true, WithAliveTime: true, WithNone: true, NoneWithin: 13,
	}
	s := ScoreBlend(b, panel, o)
	require.Nil(t, s.LogLikelihood)
	for i := range panel.X {
		x, tx, end := panel.X[i], panel.TX[i], panel.T[i]
		var alive, cet, dect, dert, time, none float64
		weights, sum := make([]float64, 3), 0.
		for k, m := range b.Members() {
			silence := math.Exp(m.Model.LogLikelihood(x, tx, end) - m.Model.LogLikelihood(x, tx, tx))
			weights[k] = m.Weight * math.Pow(silence, SilenceCredit)
			sum += weights[k]
		}
		for k, m := range b.Members() {
			w := weights[k] / sum
			require.InEpsilon(t, w, s.Shares[k][i], 1e-9)
			alive += w * m.Model.PAlive(x, tx, end)
			cet += w * m.Model.CET(52, x, tx, end)
			dect += w * m.Model.DECT(52, 0.01, x, tx, end)
			dert += w * m.Model.DECT(math.Inf(1), 0.01, x, tx, end)
			time += w * m.Model.AliveTime(52, 0.01, x, tx, end)
			none += w * m.Model.PMFAhead(0, 13, x, tx, end)
		}
		require.InDeltaSlice(t, []float64{alive, cet, dect, dert, time, none},
			[]float64{s.PAlive[i], s.CET[i], s.DECT[i], s.DERT[i], s.AliveTime[i], s.None[i]}, 1e-9*(1+time))
	}
	alone := ScoreBlend(Alone(b.members[0].Model, nil), panel, o)
	require.Equal(t, Score(b.members[0].Model, panel, o), alone.Scores)
}

// The tails of a blend's intervals hold what they should of futures that were drawn
// under a member drawn by its weight.
func TestBlendIntervalsHoldPlayedFutures(t *testing.T) {
	const futures = 40_000
	spend := GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	o := PredictiveOptions{Horizon: 52, Delta: 0.002, Prices: Prices{Margin: 0.3}, Spend: &spend}
	b := threeModels(t)
	p, err := NewPredictive(b, o)
	require.NoError(t, err)
	for i, row := range [][3]float64{{3, 30, 60}, {7, 70, 80}, {15, 100, 105.5}, {60, 151, 152}} {
		x, tx, end, mean := row[0], row[1], row[2], 24.
		var values []float64
		for k, f := range p.forecasters {
			part := smallShop{model: f.model, covariance: b.members[k].Covariance, o: o}
			n := int(futures * f.weight)
			values = append(values, part.simulateFutures(rand.New(rand.NewPCG(uint64(i), uint64(k))), n, x, tx, end, mean, o.Prices).values...)
		}
		panel := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}}
		low, high := p.Values(panel, BlendScores{}, Baskets{Spend: []float64{spend.ExpectedSpend(x, mean)}})
		var below, above float64
		for _, v := range values {
			if v < low[0]-1e-9 {
				below++
			}
			if v > high[0]+1e-9 {
				above++
			}
		}
		require.InDelta(t, 0.05, above/futures, 0.012, "%v", row)
		if low[0] > 0 {
			require.InDelta(t, 0.05, below/futures, 0.015, "%v", row)
		}
	}
}

// Members far apart make a total uncertain, however sure each is of itself.
func TestTotalHoldsDisagreement(t *testing.T) {
	s := newSmallShop(t, 800)
	s.covariance, s.o.SpendCovariance = nil, nil
	total := func(b *Blend) TotalForecast {
		p, err := NewPredictive(b, s.o)
		require.NoError(t, err)
		return p.Total(s.panel, BlendScores{}, Spent{Mean: s.meanSpend}, Baskets{Spend: s.expected})
	}
	low, high := model(t, "bg-nbd", 0.5, 6, 0.8, 2.5), model(t, "bg-nbd", 0.5, 6, 0.2, 2.5)
	both, err := NewBlend([]Member{{Model: low, Weight: 0.5}, {Model: high, Weight: 0.5}})
	require.NoError(t, err)
	a, b, mixed := total(Alone(low, nil)), total(Alone(high, nil)), total(both)
	require.InDelta(t, 1, mixed.Expected/((a.Expected+b.Expected)/2), 0.01)
	require.Zero(t, a.Members)
	apart := math.Log(b.Expected / a.Expected)
	require.InEpsilon(t, apart*apart/4, mixed.Members, 0.05)
	bottom, top := mixed.Interval(0.9, Past{})
	require.Less(t, bottom, a.Expected)
	require.Greater(t, top, b.Expected)
	// Past errors of money widen it by what they say.
	wide, _ := mixed.Interval(0.9, Past{Drift: 0.04})
	require.Less(t, wide, bottom)
	// Over a horizon that they have tried, how far apart the members are is no news.
	tried, _ := mixed.Interval(0.9, Past{Tested: 1})
	half, _ := mixed.Interval(0.9, Past{Tested: 0.5})
	require.Less(t, bottom, half)
	require.Less(t, half, tried)
}

func TestBlendFile(t *testing.T) {
	panel := benchmarkPanel(400)
	var members []MemberFit
	for _, name := range []string{"bg-nbd", "nbd"} {
		fit, err := FitModel(name, panel, 1)
		require.NoError(t, err)
		members = append(members, MemberFit{fit, 0.5})
	}
	data, err := json.Marshal(NewBlendFile("week", 1.25, members))
	require.NoError(t, err)
	var f File
	require.NoError(t, json.Unmarshal(data, &f))
	require.Equal(t, BlendName, f.Model)
	b, err := f.BuildBlend()
	require.NoError(t, err)
	require.InDelta(t, 1.25, b.Pace(), 0)
	for i, m := range b.Members() {
		require.Equal(t, members[i].Model.theta, m.Model.theta)
		require.Equal(t, members[i].Covariance, m.Covariance)
		require.InDelta(t, 0.5, m.Weight, 0)
	}
	for _, broken := range []func(f *File){
		func(f *File) { f.Members = nil },
		func(f *File) { f.Members[0].Model = "x" },
		func(f *File) { f.Members[0].Weight = 2 },
		func(f *File) { f.Pace = -1 },
	} {
		var f File
		require.NoError(t, json.Unmarshal(data, &f))
		broken(&f)
		_, err := f.BuildBlend()
		require.Error(t, err)
	}
	alone, err := NewFile("week", members[0].Fit).BuildBlend()
	require.NoError(t, err)
	require.Len(t, alone.Members(), 1)
}

// At another pace a blend says of a horizon what it says of one so many times as long
// without, in purchases, chances and intervals; time costs what it costs.
func TestPace(t *testing.T) {
	b, panel := threeModels(t), benchmarkPanel(200)
	fast, err := b.WithPace(1.5)
	require.NoError(t, err)
	o := ScoreOptions{Horizon: 40, Delta: 0.003, WithDECT: true, WithAliveTime: true, WithNone: true, NoneWithin: 12}
	longer := ScoreOptions{Horizon: 60, Delta: 0.002, WithDECT: true, WithAliveTime: true, WithNone: true, NoneWithin: 18}
	got, want := ScoreBlend(fast, panel, o), ScoreBlend(b, panel, longer)
	require.Equal(t, want.PAlive, got.PAlive)
	require.InDeltaSlice(t, want.CET, got.CET, 1e-9)
	require.InDeltaSlice(t, want.DECT, got.DECT, 1e-9)
	require.InDeltaSlice(t, want.None, got.None, 1e-12)
	for i, v := range got.AliveTime {
		require.InDelta(t, want.AliveTime[i]/1.5, v, 1e-9)
	}
	prices := Prices{Margin: 0.3, PerYearAlive: 4, UnitsPerYear: 52}
	spend := GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	intervals := func(b *Blend, h, delta, unitsPerYear float64) (low, high, fewest, most []float64, total TotalForecast) {
		prices.UnitsPerYear = unitsPerYear
		p, err := NewPredictive(b, PredictiveOptions{Horizon: h, Delta: delta, Prices: prices, Spend: &spend})
		require.NoError(t, err)
		each := Baskets{Spend: slices.Repeat([]float64{20}, panel.Len())}
		low, high = p.Values(panel, BlendScores{}, each)
		fewest, most = p.Purchases(panel, BlendScores{})
		return low, high, fewest, most, p.Total(panel, BlendScores{}, Spent{Mean: each.Spend}, each)
	}
	low, high, fewest, most, total := intervals(fast, 40, 0.003, 52)
	wantLow, wantHigh, wantFewest, wantMost, wantTotal := intervals(b, 60, 0.002, 52*1.5)
	require.InDeltaSlice(t, wantLow, low, 1e-6)
	require.InDeltaSlice(t, wantHigh, high, 1e-6)
	require.Equal(t, wantFewest, fewest)
	require.Equal(t, wantMost, most)
	require.InEpsilon(t, wantTotal.Expected, total.Expected, 1e-9)
	require.InEpsilon(t, wantTotal.Chance, total.Chance, 1e-6)
	for _, pace := range []float64{0, -1, 1000, math.NaN()} {
		_, err := b.WithPace(pace)
		require.ErrorIs(t, err, ErrParameter)
	}
}

// The chance of a silence is what it takes from the likelihood, for every model; nobody
// is surprised by none.
func TestLnSilence(t *testing.T) {
	for _, m := range []*Model{
		model(t, "pareto-nbd", 0.55, 10.6, 0.6, 11.7), model(t, "bg-nbd", 0.24, 4.4, 0.8, 2.4), model(t, "mbg-nbd", 0.5, 6.2, 0.9, 1.6),
		model(t, "nbd", 0.4, 12), model(t, "mbg-cnbd-k", 2, 0.6, 2.3, 1.1, 1.6), model(t, "bg-cnbd-k", 3, 0.6, 2.3, 1.1, 1.6),
	} {
		for _, r := range [][3]float64{{0, 0, 0}, {0, 0, 40}, {2, 30, 38}, {26, 30.86, 31}, {10, 20, 39}, {400, 50, 5000}} {
			x, tx, end := r[0], r[1], r[2]
			want := m.LogLikelihood(x, tx, end) - m.LogLikelihood(x, tx, tx)
			require.InDelta(t, want, m.LnSilence(x, tx, end), 1e-8*(1+math.Abs(want)), "%s %v", m.Variant(), r)
			require.InDelta(t, 0, m.LnSilence(x, tx, tx), 1e-12)
		}
	}
}

func BenchmarkBlendOfFive(b *testing.B) {
	_, o, p, _, expected := benchmarkPredictive(b)
	var members []Member
	for _, m := range []*Model{
		model(b, "pareto-nbd", 0.5, 6, 0.6, 12), model(b, "bg-nbd", 0.5, 6, 0.8, 2.5), model(b, "mbg-nbd", 0.5, 6, 0.8, 2.5),
		model(b, "nbd", 0.4, 12), model(b, "mbg-nbd", 0.6, 7, 0.5, 1.5),
	} {
		members = append(members, Member{Model: m, Weight: 0.2, Covariance: logCovariance(m.theta, 0.02, 0.5)})
	}
	blend, err := NewBlend(members)
	require.NoError(b, err)
	for b.Loop() {
		predictive, err := NewPredictive(blend, o)
		require.NoError(b, err)
		so := predictive.ScoreOptions()
		so.WithNone, so.NoneWithin = true, 13
		s := ScoreBlend(blend, p, so)
		predictive.Values(p, s, Baskets{Spend: expected})
		predictive.Total(p, s, Spent{Mean: expected}, Baskets{Spend: expected})
	}
	reportRate(b, benchmarkCustomers)
}
