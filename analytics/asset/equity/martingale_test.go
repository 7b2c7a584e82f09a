package equity_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/equity"
	"clientele/analytics/job"
	"clientele/analytics/worth/revaluation"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// truth is a night whose models are the truth that customers are drawn from.
func truth(t *testing.T, day calendar.Day) *revaluation.Night {
	t.Helper()
	m, err := clv.NewModel("pareto-nbd", map[string]float64{"r": 0.8, "alpha": 80, "s": 0.6, "beta": 300})
	require.NoError(t, err)
	spend, err := clv.NewGammaGamma(6, 4, 60)
	require.NoError(t, err)
	c := &job.CLV{Unit: job.Day, Horizon: job.Span{N: 36, Unit: job.Month}, DiscountRate: 0.10, Margin: 0.4, Costs: job.Costs{PerYearAlive: 2}}
	return &revaluation.Night{
		Day: day, Job: &job.Job{CLV: c}, Blend: clv.Alone(m, nil), Spend: &clv.SpendModel{GammaGamma: spend}, SpendFactor: 1,
		Rules: valuation.Of(c, c.Margin), Known: true,
	}
}

// drawn is a customer's life: purchase days from the first on, and what each brought.
type drawn struct {
	days  []calendar.Day
	spend []float64
}

func draw(dice *rand.Rand, first, last calendar.Day) drawn {
	gamma := func(shape, rate float64) float64 { return drawGamma(dice, shape) / rate }
	buys, leaves, nu := gamma(0.8, 80), gamma(0.6, 300), gamma(4, 60)
	end := float64(first) + dice.ExpFloat64()/leaves
	d := drawn{}
	for at := float64(first); at < math.Min(end, float64(last)+1); at += dice.ExpFloat64() / buys {
		day := calendar.Day(at)
		if n := len(d.days); n == 0 || d.days[n-1] != day {
			d.days, d.spend = append(d.days, day), append(d.spend, gamma(6, nu))
		}
	}
	return d
}

// drawGamma draws by Marsaglia and Tsang (2000), A Simple Method for Generating Gamma
// Variables, ACM TOMS 26(3): another way than that of the models.
func drawGamma(dice *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return drawGamma(dice, shape+1) * math.Pow(dice.Float64(), 1/shape)
	}
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := dice.NormFloat64()
		v := (1 + c*x) * (1 + c*x) * (1 + c*x)
		if v > 0 && math.Log(dice.Float64()) < 0.5*x*x+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// upTo is the history as a night knows it.
func (d drawn) upTo(day calendar.Day) (h revaluation.History) {
	net := 0.
	for i, on := range d.days {
		if on > day {
			break
		}
		h.Last = on
		h.PurchaseDays++
		net += d.spend[i]
	}
	h.First, h.Orders, h.Net = d.days[0], h.PurchaseDays, money.FromFloat(money.Round(net))
	return h
}

// spendOf is what the truth expects of the next purchase.
func spendOf(n *revaluation.Night, h revaluation.History) float64 {
	mean := h.Net.Float() / float64(h.PurchaseDays)
	return n.ExpectedSpend(clv.SpendHistory{First: mean, Mean: mean, Paid: float64(h.PurchaseDays - 1), Repeats: float64(h.PurchaseDays - 1)})
}

// Where the models are right, what customers do otherwise than was expected is nothing on
// average, within three standard errors: opening, discount, became_past and horizon are what
// was to be expected. Lines that leave out one of them would be off by many.
func TestWhatWasExpectedComesOnAverage(t *testing.T) {
	const start, customers = 10_000, 30_000
	for _, days := range []calendar.Day{7, 91} {
		older, newer := truth(t, start+400), truth(t, start+400+days)
		n := equity.Nights{Older: older, Newer: newer}
		dice := rand.New(rand.NewPCG(uint64(days), 2))
		all := make([]equity.Customer, customers)
		for i := range all {
			life := draw(dice, start+calendar.Day(dice.IntN(400)), newer.Day)
			was, is := life.upTo(older.Day), life.upTo(newer.Day)
			spendWas, spendIs := spendOf(older, was), spendOf(newer, is)
			all[i] = equity.Customer{
				Was: was, Is: is, SpendWas: spendWas, SpendIs: spendIs,
				ValueWas: older.Future(older, was, older.Day, spendWas), ValueIs: newer.Future(newer, is, newer.Day, spendIs),
			}
		}
		linesOf := n.LinesOf(all, 2)
		var lines equity.Lines
		var mean, square, leftOut float64
		for i := range all {
			l := linesOf(i)
			require.Equal(t, money.Amount{}, l.Left())
			require.InDelta(t, 0, l[equity.Model].Float(), 1e-5, "the same models")
			for _, line := range equity.All {
				lines[line] = lines[line].Plus(l[line])
			}
			off := l[equity.Grew].Float() + l[equity.Shrank].Float()
			mean, square = mean+off/customers, square+off*off/customers
		}
		noise := math.Sqrt((square - mean*mean) / customers)
		t.Logf("%d days: opening %v, discount %v, became_past %v, horizon %v, grew %v, shrank %v: mean %.4f, standard error %.4f",
			days, lines[equity.Opening], lines[equity.Discount], lines[equity.BecamePast], lines[equity.Horizon], lines[equity.Grew], lines[equity.Shrank], mean, noise)
		require.InDelta(t, 0, mean, 3*noise)
		leftOut = lines[equity.BecamePast].Float() / customers
		require.Greater(t, math.Abs(leftOut), 6*noise, "the test would see it missing")
	}
}
