package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every law has the bits of PMFAhead, for any number of workers; impossible
// rows, counts and horizons give NaN.
func TestEachCountLawSameBits(t *testing.T) {
	p := smallPanel()
	p.X, p.TX, p.T = append(p.X, 1.5), append(p.TX, 1), append(p.T, 3)
	counts := []float64{3, 0, 1, 40, 5000, 0.5, -1, 2}
	for _, name := range betaGeometrics {
		m := model(t, name, 0.3, 5, 0.8, 2.5)
		for _, h := range []float64{0, 39, math.Inf(1), -1} {
			for _, workers := range []int{1, 3} {
				got := make([][]float64, p.Len())
				EachCountLaw(Alone(m, nil), p, h, workers, func(row int, law CountLaw) {
					for _, n := range counts {
						got[row] = append(got[row], law.P(n))
					}
				})
				for row := range got {
					require.Len(t, got[row], len(counts))
					for i, n := range counts {
						requireSameBits(t, m.PMFAhead(n, h, p.X[row], p.TX[row], p.T[row]), got[row][i])
					}
				}
			}
		}
	}
}

func TestLogScoreHasFloor(t *testing.T) {
	m := model(t, "bg-nbd", 0.3, 5, 0.8, 2.5)
	one := Panel{X: []float64{2}, TX: []float64{3}, T: []float64{30}}
	EachCountLaw(Alone(m, nil), one, 39, 1, func(_ int, law CountLaw) {
		requireSameBits(t, math.Log(m.PMFAhead(2, 39, 2, 3, 30)), LogScore(law.P(2)))
		require.Zero(t, law.P(1e6), "below the smallest float64")
		requireSameBits(t, math.Log(1e-300), LogScore(law.P(1e6)))
		require.True(t, math.IsNaN(LogScore(law.P(-1))))
	})
}

func TestExpectedCurveSameBits(t *testing.T) {
	for _, name := range betaGeometrics {
		m := model(t, name, 0.3, 5, 0.8, 2.5)
		times := []float64{100, 0, 1e-9, 7, -1, 7, math.NaN()}
		for i, v := range m.ExpectedCurve(times) {
			requireSameBits(t, m.Expected(times[i]), v)
		}
	}
}
