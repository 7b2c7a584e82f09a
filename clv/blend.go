package clv

import (
	"fmt"
	"math"
	"slices"
)

// Member is one model of a blend.
type Member struct {
	Model  *Model
	Weight float64 // share of the blend, from 0; those of all members sum to 1
	// Covariance is of Model's parameters, in the order of Params, as Estimate has
	// it. A parameter whose row holds anything that is not finite is taken as known
	// exactly, and nil takes all so.
	Covariance [][]float64
}

// Blend is a forecast that several models make together: every probability and
// every expectation is the weighted mean of theirs. Nobody knows which model is right,
// and a blend's intervals allow for that: they cover what any of its members expects. A
// member under which a customer's silence was improbable has less weight for that
// customer,
//
//	w_m S_m^credit / Σ w S^credit,
//
// where S_m is the chance, under member m, of no purchase in (t_x, t].
//
// NewBlend and Alone make blends. A Blend is a value without state, safe for use by
// many goroutines.
//
// Source: Stone (1961), The Opinion Pool, Annals of Mathematical Statistics 32(4),
// https://doi.org/10.1214/aoms/1177704873; weights by out-of-sample log score: Yao,
// Vehtari, Simpson and Gelman (2018), Using Stacking to Average Bayesian Predictive
// Distributions, Bayesian Analysis 13(3), https://doi.org/10.1214/17-BA1091.
type Blend struct {
	members []Member
	pace    float64 // how many times as fast the time ahead runs as the models say
}

// weightRounding is how far the sum of weights may be from 1. Computed weights of a dozen
// members are far closer; weights that somebody typed with too few digits are not.
const weightRounding = 1e-9

// NewBlend makes a blend of members with weights that sum to 1. Those of weight 0
// are left out. The error wraps ErrParameter.
func NewBlend(members []Member) (*Blend, error) {
	sum := 0.
	b := &Blend{pace: 1}
	for i, m := range members {
		if m.Model == nil {
			return nil, fmt.Errorf("%w: blend: member %d has no model", ErrParameter, i)
		}
		if !(m.Weight >= 0 && m.Weight <= 1) {
			return nil, fmt.Errorf("%w: blend: weight of %s (%v) is not a number from 0 to 1", ErrParameter, m.Model.Name(), m.Weight)
		}
		if err := validateSquare("covariance of "+m.Model.Name(), m.Covariance, len(m.Model.theta)); err != nil {
			return nil, err
		}
		if m.Weight > 0 {
			b.members = append(b.members, m)
		}
		sum += m.Weight
	}
	if !(math.Abs(sum-1) <= weightRounding) {
		return nil, fmt.Errorf("%w: blend: weights sum to %v; expected 1", ErrParameter, sum)
	}
	return b, nil
}

// Alone is the blend of one model.
func Alone(m *Model, covariance [][]float64) *Blend {
	return &Blend{members: []Member{{Model: m, Weight: 1, Covariance: covariance}}, pace: 1}
}

// maxPace bounds a pace, and its inverse: no shop sells a hundred times as much as before.
const maxPace = 100

// WithPace is the blend of a shop that lately sells more, or less, than the models
// expect: the time ahead runs so many times as fast. All that is said of the future
// changes: chances, purchases and intervals. P(alive) is of today and does not change.
// The error wraps ErrParameter.
func (b *Blend) WithPace(pace float64) (*Blend, error) {
	if !(pace >= 1/float64(maxPace) && pace <= maxPace) {
		return nil, fmt.Errorf("%w: pace (%v) is not a number from %v to %v", ErrParameter, pace, 1/float64(maxPace), float64(maxPace))
	}
	return &Blend{members: b.members, pace: pace}, nil
}

// Pace is how many times as fast the time ahead runs as the models say; 1 unless
// WithPace says otherwise.
func (b *Blend) Pace() float64 { return b.pace }

// scoreMember is score of a member, at the blend's pace.
func (b *Blend) scoreMember(m *Model, p Panel, tasks [][]pair, o ScoreOptions, known *Scores) Scores {
	if b.pace == 1 {
		return score(m, p, tasks, o, known)
	}
	o.Horizon, o.NoneWithin, o.Delta = min(o.Horizon*b.pace, horizonAt(o.Horizon)), min(o.NoneWithin*b.pace, MaxTime), o.Delta/b.pace
	s := score(m, p, tasks, o, known)
	for i := range s.AliveTime {
		s.AliveTime[i] /= b.pace
	}
	return s
}

// horizonAt is the longest horizon that a finite one may be stretched to.
func horizonAt(h float64) float64 {
	if math.IsInf(h, 1) {
		return h
	}
	return MaxTime
}

// Members are those with a weight above 0, in the order in which they were given.
func (b *Blend) Members() []Member { return slices.Clone(b.members) }

// CheckRow returns an error wrapping ErrRow when (x, t_x, t) cannot be a customer's
// history under one of the members, and nil when it can.
func (b *Blend) CheckRow(x, tx, t float64) error {
	for _, m := range b.members {
		if err := m.Model.CheckRow(x, tx, t); err != nil {
			return err
		}
	}
	return nil
}

// BlendScores are the scores of a blend and, in the order of its members, of each.
type BlendScores struct {
	Scores
	Members []Scores
	// Shares are the weights of the members for each customer; nil for a blend of one.
	Shares [][]float64
}

// share is the weight of a member for a row.
func (s BlendScores) share(member, row int) float64 {
	if s.Shares == nil {
		return 1
	}
	return s.Shares[member][row]
}

// ScoreBlend is Score for a blend: the weighted mean of the members' scores.
// LogLikelihood exists for a blend of one only: the weights are those of forecasts, and
// say nothing of the data that the models were fitted to. A row that a member refuses
// is NaN.
func ScoreBlend(b *Blend, p Panel, o ScoreOptions) BlendScores {
	o.WithLogLikelihood = o.WithLogLikelihood && len(b.members) == 1
	s := BlendScores{Members: make([]Scores, len(b.members))}
	tasks := sameX(p)
	for i, m := range b.members {
		s.Members[i] = b.scoreMember(m.Model, p, tasks, o, nil)
	}
	s.Shares = b.sharesOf(p, s.Members, o.Workers)
	s.Scores = s.mean()
	return s
}

// mean is the weighted mean of the members' scores.
func (s BlendScores) mean() Scores {
	if len(s.Members) == 1 {
		return s.Members[0]
	}
	mean := func(of func(Scores) []float64) []float64 { return meanOf(s, of) }
	return Scores{
		PAlive:    mean(func(s Scores) []float64 { return s.PAlive }),
		CET:       mean(func(s Scores) []float64 { return s.CET }),
		DECT:      mean(func(s Scores) []float64 { return s.DECT }),
		DERT:      mean(func(s Scores) []float64 { return s.DERT }),
		AliveTime: mean(func(s Scores) []float64 { return s.AliveTime }),
		None:      mean(func(s Scores) []float64 { return s.None }),
	}
}

// sharesOf are those of all rows, by member; nil for a blend of one.
func (b *Blend) sharesOf(p Panel, by []Scores, workers int) [][]float64 {
	if len(by) == 1 {
		return nil
	}
	shares := make([][]float64, len(b.members))
	for i := range shares {
		shares[i] = make([]float64, p.Len())
	}
	inChunks(p.Len(), workers, func(_, low, high int) {
		pAlive, into := make([]float64, len(shares)), make([]float64, len(shares))
		for row := low; row < high; row++ {
			for i := range shares {
				pAlive[i] = by[i].PAlive[row]
			}
			b.shares(p.X[row], p.TX[row], p.T[row], pAlive, into)
			for i := range shares {
				shares[i][row] = into[i]
			}
		}
	})
	return shares
}

// meanOf is the weighted mean of one column over members; nil where they have none.
func meanOf(s BlendScores, column func(Scores) []float64) []float64 {
	if column(s.Members[0]) == nil {
		return nil
	}
	sum := make([]float64, len(column(s.Members[0])))
	for i, of := range s.Members {
		for row, v := range column(of) {
			sum[row] += s.Shares[i][row] * v
		}
	}
	return sum
}
