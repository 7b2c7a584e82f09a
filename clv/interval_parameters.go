package clv

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

const (
	// spreadPoints is the number of parameter vectors under which futures are
	// simulated: enough for each of up to eight directions to be seen on its own.
	spreadPoints = 64
	// largestError caps a standard error of a logarithm, in any direction: a factor
	// of 4.5 either way. The normal approximation says nothing at larger ones,
	// where the data do not determine a parameter.
	largestError = 1.5
)

// paramSpread is the error of the parameters: a symmetric square root of the
// covariance of their logarithms, for the model's and for the spend's. Logarithms
// keep parameters positive, and do not change with the unit of time or money.
type paramSpread struct {
	model *Model
	root  *mat.SymDense
	spend *GammaGamma // nil: spend is known
	money *mat.SymDense
}

func newParamSpread(m *Model, covariance [][]float64, o PredictiveOptions) paramSpread {
	s := paramSpread{model: m, root: logRoot(m.theta, covariance), spend: o.Spend}
	if s.spend != nil {
		s.money = logRoot([]float64{s.spend.P, s.spend.tail(), s.spend.Gamma}, o.SpendCovariance)
	}
	return s
}

// tail is what spend's logarithm is taken of in place of q: q - 1 where a mean
// exists, since the mean is pγ/(q-1), and q itself where none does. The former
// keeps all points on the side of 1 where the fit is.
func (g GammaGamma) tail() float64 {
	if g.Q > 1 {
		return g.Q - 1
	}
	return g.Q
}

// logRoot is the symmetric square root of the covariance of logarithms,
// C_ij/(θ_i θ_j), with eigenvalues cut to largestError. The symmetric root is the one
// that changes smoothly with C: eigenvectors may flip their signs, and then a
// change of unit would change which parameters are drawn.
func logRoot(theta []float64, covariance [][]float64) *mat.SymDense {
	n := len(theta)
	logs, root := mat.NewSymDense(n, nil), mat.NewSymDense(n, nil)
	known := unknownRows(theta, covariance)
	for i := range n {
		for j := range i + 1 {
			if known[i] && known[j] {
				logs.SetSym(i, j, covariance[i][j]/theta[i]/theta[j])
			}
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(logs, true) {
		return root
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil)
	for k, value := range values {
		if value < 1e-14*values[n-1] {
			continue // 0, or below, but for rounding
		}
		stdErr := min(math.Sqrt(value), largestError)
		for i := range n {
			for j := range i + 1 {
				root.SetSym(i, j, root.At(i, j)+stdErr*vectors.At(i, k)*vectors.At(j, k))
			}
		}
	}
	return root
}

// unknownRows reports for each parameter whether its error is known to be
// something: a finite row of the covariance, also over the parameters. (Inverted
// Hessians that blow up have Inf or NaN, or a variance below 0.)
func unknownRows(theta []float64, covariance [][]float64) []bool {
	known := make([]bool, len(theta))
	for i, row := range covariance {
		known[i] = row[i] >= 0
		for j, v := range row {
			// Beyond 1e100 eigenvalues overflow; such a parameter is not known
			// to any digit, and the cap would be all that is left of it.
			scaled := v / theta[i] / theta[j]
			known[i] = known[i] && (math.Abs(scaled) < 1e100 || math.IsNaN(covariance[j][j]))
		}
	}
	return known
}

// points are the parameter vectors to simulate under: standard normal vectors in
// pairs z, -z, made to have the identity as their covariance exactly, times the
// root. So what is linear in the parameters gets its mean and its variance
// without any error of simulation.
func (s paramSpread) points() (processes []process, spends []GammaGamma) {
	n := len(s.model.theta)
	for _, z := range standardPoints(n + len(gammaGammaParams)) {
		processes = append(processes, s.processAt(along(s.root, z[:n])))
		if s.spend != nil {
			spends = append(spends, s.spendAt(along(s.money, z[n:])))
		}
	}
	return processes, spends
}

// along is root times z.
func along(root *mat.SymDense, z []float64) []float64 {
	var v mat.VecDense
	v.MulVec(root, mat.NewVecDense(len(z), z))
	return v.RawVector().Data
}

// processAt is the model with its log parameters moved.
func (s paramSpread) processAt(move []float64) process { return s.modelAt(move).process }

// modelAt is the same as a model.
func (s paramSpread) modelAt(move []float64) *Model {
	theta := make([]float64, len(move))
	for i, v := range s.model.theta {
		theta[i] = moved(v, move[i])
	}
	return s.model.family.model(theta)
}

// spendAt is the spend model with its log parameters moved.
func (s paramSpread) spendAt(move []float64) GammaGamma {
	g := GammaGamma{P: moved(s.spend.P, move[0]), Q: moved(s.spend.tail(), move[1]), Gamma: moved(s.spend.Gamma, move[2])}
	if s.spend.Q > 1 {
		g.Q++
	} else {
		g.Q = min(g.Q, 1)
	}
	return g
}

// moved is a parameter with its logarithm moved, in range.
func moved(v, by float64) float64 { return min(max(v*math.Exp(by), MinParam), MaxParam) }

// standardPoints are spreadPoints vectors with mean 0 and covariance 1.
func standardPoints(n int) [][]float64 {
	const half = spreadPoints / 2
	rng := rand.New(rand.NewPCG(0x7061_7261, half))
	raw := mat.NewDense(half, n, nil)
	for i := range half {
		for j := range n {
			raw.Set(i, j, rng.NormFloat64())
		}
	}
	var squares mat.SymDense
	squares.SymOuterK(1./half, raw.T())
	var factor mat.Cholesky
	var lower mat.TriDense
	var white mat.Dense
	factor.Factorize(&squares) // of 32 vectors in at most 8 dimensions: never singular
	factor.LTo(&lower)
	if err := white.Solve(&lower, raw.T()); err != nil {
		return [][]float64{make([]float64, n)}
	}
	points := make([][]float64, 0, spreadPoints)
	for i := range half {
		plus, minus := make([]float64, n), make([]float64, n)
		for j := range n {
			plus[j], minus[j] = white.At(j, i), -white.At(j, i)
		}
		points = append(points, plus, minus)
	}
	return points
}
