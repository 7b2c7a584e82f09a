package whatif

import (
	"math"

	"clientele/clv"
	"clientele/internal/money"
	"clientele/internal/number"
)

// Figure is a sum of money with its 90% interval.
type Figure struct {
	Value money.Amount `json:"value"`
	Low   money.Amount `json:"low"`
	High  money.Amount `json:"high"`
}

// less is the figure with an amount taken off that is known.
func (f Figure) less(cost money.Amount) Figure {
	return Figure{f.Value.Minus(cost), f.Low.Minus(cost), f.High.Minus(cost)}
}

// Outcome is a sum now and then. What customers happen to do makes Now and Then uncertain; it
// is no part of the interval of Change, which is of what is expected.
type Outcome struct {
	Now    Figure       `json:"now"`
	Then   Figure       `json:"then"`
	Change Figure       `json:"change"`
	Share  number.Float `json:"share"` // of Now that Change is; null where Now is a loss
}

// sides are the scenarios of those concerned, and of all others.
type sides struct {
	now, then   scenario
	who, others []int
}

// outcome forecasts the sums of all customers now and then.
func (s sides) outcome() (o Outcome, err error) {
	nowBy, thenBy := s.now.answer(s.who), s.then.answer(s.who)
	before, err := s.now.forecast(s.who, nowBy, nil)
	if err != nil {
		return o, err
	}
	after, err := s.then.forecast(s.who, thenBy, &before)
	if err != nil {
		return o, err
	}
	change := figureOf(before.ChangeTo(after), s.then)
	change.Value = s.then.valueOf(s.who, thenBy).Minus(s.now.valueOf(s.who, nowBy))
	var apart money.Amount // what the others are worth
	all, afterAll := before, after
	if len(s.others) > 0 {
		by := s.now.answer(s.others)
		rest, err := s.now.forecast(s.others, by, nil)
		if err != nil {
			return o, err
		}
		apart = s.now.valueOf(s.others, by)
		all, afterAll = before.Plus(rest), after.Plus(rest)
	}
	o = Outcome{Now: figureOf(all, s.now), Then: figureOf(afterAll, s.then), Change: change}
	o.Now.Value = s.now.valueOf(s.who, nowBy).Plus(apart)
	o.Then.Value = o.Now.Value.Plus(change.Value)
	return o, nil
}

// figureOf is a total with its interval. The value is the sum of what customers come to, each
// rounded; that of the forecast is the same but for that.
func figureOf(t clv.TotalForecast, c scenario) Figure {
	low, high := t.Interval(clv.DefaultLevel, c.past())
	return Figure{Low: money.FromFloat(low), High: money.FromFloat(high)}
}

// withShare works out Share.
func (o Outcome) withShare() Outcome {
	o.Share = shareOf(o.Change.Value, o.Now.Value)
	return o
}

// shareOf is a change as a share of a sum. Of a loss, or of nothing, nothing is a share.
func shareOf(change, sum money.Amount) number.Float {
	if sum.Num().Sign() <= 0 {
		return number.Float(math.NaN())
	}
	return number.Float(change.Float() / sum.Float())
}
