package segment

import "math"

const (
	// trendRepeats is the number of repeats from which a trend can be seen;
	// with fewer, Laplace's statistic is far from normal.
	trendRepeats = 3
	// gradualP is the p-value at or below which completed gaps had grown.
	gradualP = 0.10
	// lostTail is the tail of the next gap beyond which a customer is lost.
	lostTail = 0.005
)

// declineEvidence is what the tests say about one customer.
type declineEvidence struct {
	// p decides; see StageResult.DeclineP.
	p float64
	// pOverdue is that of the silence alone.
	pOverdue float64
	// pTrend is that of a falling rate, meaningful when trended.
	pTrend  float64
	trended bool
	// pReturn is a one-time buyer's chance of a return within ReturnDays.
	pReturn float64
}

// evidence runs the tests on customer i. Every day of silence lowers each of
// them or leaves it, and a purchase today lifts p to 1.
func (j *stageJudge) evidence(i int) declineEvidence {
	x, silence := int(j.h.PurchaseDays[i])-1, float64(j.h.SilenceDays[i])
	e := declineEvidence{pOverdue: j.rhythm.POverdue(x, float64(j.h.ActiveDays[i]), silence)}
	switch {
	case x == 0:
		j.addReturn(&e, silence)
	case x < trendRepeats:
		e.p = e.pOverdue
	default:
		j.addTrend(&e, i)
	}
	return e
}

// addReturn weighs the chance of a return of a one-time buyer. The power puts
// a chance that has fallen to ReturnRatio at Alpha and leaves 1 at 1, so that
// one limit on p serves all customers.
func (j *stageJudge) addReturn(e *declineEvidence, silence float64) {
	e.p = e.pOverdue
	if j.atFirst <= 0 {
		return
	}
	e.pReturn = j.rhythm.PReturn(silence, j.rules.ReturnDays)
	power := math.Log(j.rules.Alpha) / math.Log(j.rules.ReturnRatio)
	e.p = min(e.p, math.Pow(e.pReturn/j.atFirst, power))
}

// addTrend weighs the trend of a customer with enough repeats for one.
func (j *stageJudge) addTrend(e *declineEvidence, i int) {
	e.p = min(1, 2*e.pOverdue)
	if j.h.SilenceDays[i] > 0 {
		e.trended = true
		e.pTrend = normalCDF(j.h.trendOpen(i, j.rhythm.K))
		e.p = min(e.p, 2*e.pTrend)
	}
}

// decline names the kind of decline that the evidence shows.
func (j *stageJudge) decline(i int, e declineEvidence) Decline {
	declared := e.p <= j.rules.Alpha
	watched := e.p <= j.rules.WatchAlpha
	switch {
	case declared && j.goneForGood(i, e), watched && j.modelSaysGone(i):
		return DeclineLost
	case declared && j.slackened(i):
		return DeclineGradual
	case declared:
		return DeclineSudden
	case watched:
		return DeclineWatch
	}
	return DeclineNone
}

// goneForGood tells whether a declared silence is so long that no return is
// to be expected.
func (j *stageJudge) goneForGood(i int, e declineEvidence) bool {
	if float64(j.h.SilenceDays[i]) <= j.rules.LostSilenceDays {
		return false
	}
	if j.h.PurchaseDays[i] == 1 {
		return e.pReturn < j.rules.LostPAlive
	}
	return e.pOverdue < lostTail
}

// modelSaysGone asks the lifetime model, if there is one. The model is context,
// not the test: without a silence that is at least watched it is not asked, and
// NaN, no opinion, compares false.
func (j *stageJudge) modelSaysGone(i int) bool {
	return j.h.pAlive(i) < j.rules.LostPAlive
}

// slackened tells whether the completed gaps had been growing before the
// silence began.
func (j *stageJudge) slackened(i int) bool {
	return j.h.PurchaseDays[i] > trendRepeats && normalCDF(j.h.trendDone(i, j.rhythm.K)) <= gradualP
}
