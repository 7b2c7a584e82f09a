package segment

import "sync"

// StageResult has one entry per customer in every column.
type StageResult struct {
	// Stage is the base stage, or Declining when a decline is declared.
	Stage []Stage
	// Base is the stage that the customer had reached at the last purchase.
	Base []Stage
	// Decline is the kind of decline.
	Decline []Decline
	// DeclineFrom is the base stage of a customer in decline, else empty.
	DeclineFrom []Stage
	// DeclineP is the evidence for a decline, smaller being stronger: 1 on the
	// day of a purchase, falling with silence, never NaN. From two purchase
	// days on it is the probability that a customer who still buys as before
	// would look as quiet as this; see Stages for the tests behind it.
	DeclineP []float64
	// Reasons are `key=value` pairs joined by semicolons, in a fixed order.
	Reasons []string
}

// Stages puts every customer into a lifecycle stage.
//
// The base stage is the one reached at the last purchase, so that a silence
// does not change where a decline began:
//
//   - exploration: fewer purchase days than FormationDays;
//   - stability: StabilityDays or more, over StabilityTenureDays and four mean
//     gaps or more, spend steady (SpendCV), gaps neither growing nor shrinking
//     (two-sided Laplace test of the completed gaps, p > 0.10);
//   - formation: all others.
//
// DeclineP depends on how much is known of a customer:
//
//   - one purchase day: the smaller of Rhythm.POverdue with x = 0, the share
//     of returning first-time buyers who take longer than this to return, and
//     ρ^(ln Alpha / ln ReturnRatio), where ρ is Rhythm.PReturn within
//     ReturnDays relative to what it was on the day of the purchase. The second
//     is not a probability but the chance of a return put on the scale of
//     Alpha; Reasons give the chance itself as p_return;
//   - two or three: Rhythm.POverdue;
//   - four or more: two tests together, min(1, 2·min(p_overdue, p_trend)), of
//     the length of the silence and of a falling rate over the whole tenure
//     (one-sided Laplace). The trend counts from the day after the last
//     purchase: on the day itself nobody is in decline.
//
// A customer is in decline when DeclineP ≤ Alpha, and watched when it is ≤
// WatchAlpha. A decline is gradual when the completed gaps of four or more
// purchase days had been growing (one-sided Laplace, p ≤ 0.10), else sudden. It
// is lost when the silence exceeds LostSilenceDays and the 99.5% point of the
// next gap, for one-time buyers when p_return is below LostPAlive instead; or
// when the lifetime model's P(alive) is below LostPAlive and the customer is
// at least watched.
//
// workers is the number of goroutines, at least 1; it never changes a bit of
// the result. The error wraps ErrHistory or ErrStageRules.
func Stages(h History, rules StageRules, rhythm Rhythm, workers int) (StageResult, error) {
	if err := rules.Validate(); err != nil {
		return StageResult{}, err
	}
	if err := h.Validate(); err != nil {
		return StageResult{}, err
	}
	n := h.Len()
	out := StageResult{
		Stage:       make([]Stage, n),
		Base:        make([]Stage, n),
		Decline:     make([]Decline, n),
		DeclineFrom: make([]Stage, n),
		DeclineP:    make([]float64, n),
		Reasons:     make([]string, n),
	}
	judge := newStageJudge(&h, rules.withDefaults(), rhythm)
	workers = max(1, min(workers, n))
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w * n / workers; i < (w+1)*n/workers; i++ {
				judge.judge(i, &out)
			}
		})
	}
	group.Wait()
	return out, nil
}

// stageJudge judges one customer at a time from the shared, read-only columns.
type stageJudge struct {
	h      *History
	rules  StageRules
	rhythm Rhythm
	// atFirst is the chance that a first-time buyer returns within ReturnDays,
	// 0 when the panel cannot tell.
	atFirst float64
}

func newStageJudge(h *History, rules StageRules, rhythm Rhythm) *stageJudge {
	return &stageJudge{h: h, rules: rules, rhythm: rhythm, atFirst: rhythm.PReturn(0, rules.ReturnDays)}
}

// judge fills row i of every column.
func (j *stageJudge) judge(i int, out *StageResult) {
	base := j.base(i)
	e := j.evidence(i)
	kind := j.decline(i, e)
	out.Base[i], out.Stage[i], out.Decline[i], out.DeclineP[i] = base, base, kind, e.p
	if kind != DeclineNone && kind != DeclineWatch {
		out.Stage[i], out.DeclineFrom[i] = Declining, base
	}
	out.Reasons[i] = j.reasons(i, e)
}
