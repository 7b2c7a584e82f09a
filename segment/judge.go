package segment

// stageJudge is what all customers are judged by, read only.
type stageJudge struct {
	line   timeLine
	rhythm Rhythm
	rules  StageRules
	// silenceCut and fallCut are the largest chances that may call a decline: of
	// the open gap alone, and of any other test.
	silenceCut, fallCut float64
	forOne              regularityShares // Rhythm.Regularity as it counts for one customer
	// once tells whether one-time buyers can be judged.
	once bool
}

func newJudge(panel *Panel, rules StageRules) *stageJudge {
	j := &stageJudge{
		line:   panel.Clock.line(),
		rhythm: panel.Rhythm,
		rules:  rules.WithDefaults(panel.Rhythm),
		// Never 0, by which p could not be told.
		silenceCut: max(silenceCuts*panel.Cut, 1e-9),
		fallCut:    max(fallCuts*panel.Cut, 1e-9),
		forOne:     panel.Rhythm.Regularity.forOne(),
	}
	j.once = j.watchedLongEnough(panel)
	return j
}

// onceSpans is how many times as long as the silence that calls a one-time buyer
// the shop must have been watched for.
const onceSpans = 4

// watchedLongEnough tells whether the shop's history is long enough to know who of
// those who bought once comes back: in its first months only those who come back
// soon have been seen to.
func (j *stageJudge) watchedLongEnough(panel *Panel) bool {
	weeks := len(panel.Clock.Levels)
	if weeks == 0 {
		return true // no fit has no time; a rhythm that was given is taken as it is
	}
	watched := j.line.elapsed[weeks]
	return j.rhythm.overdue(&j.rhythm.Regularity, 0, 0, 1, watched/onceSpans, 1) <= j.rules.Alpha
}

// unjudged tells whether nothing is said of a one-time buyer. A decline that was
// called when the shop's history was longer for its rhythm stands.
func (c *course) unjudged(days []int32, l *Life) bool {
	return len(days) == 1 && !c.once && !l.declining()
}

// silenceCuts and fallCuts are multiples of Panel.Cut. That is of one test and of
// one night: a silence that calls a decline is over with the next purchase, but a
// fall of the rate or of spend is called by the most telling of many windows, and
// lasts. From simulation: see benchmarks/decline.
const (
	silenceCuts = 1.4
	fallCuts    = 0.5
)

// course judges one customer at a time, and keeps the memory it needs for that.
type course struct {
	*stageJudge
	spell spell
	fresh bool // the panel was fitted since the night that is followed
}

// evidence is what the tests say of one customer on one night.
type evidence struct {
	slowing
	p     float64 // of all tests together, as slowing.p
	score float64 // as slowing.score: a decline is called at Alpha or below
	spend spendFall
	// bySpend tells whether spend is the stronger evidence.
	bySpend bool
}

// spendShare is the share of Alpha that goes to the test of spend: a fall of spend
// shows in many purchases or not at all, a silence would be found later for it.
const spendShare = 1.0 / 6

// evidence runs the tests over the purchases on days, on a night on or after
// the last of them. Two tests are made one p by Bonferroni, of which that of spend
// has the share spendShare. A score above mostScore and a p above mostP need not be
// known.
func (c *course) evidence(days []int32, spend []float64, l *Life, night int32, mostScore, mostP float64) evidence {
	c.spell.begin(&c.line, days, l)
	e := evidence{slowing: c.slowing(&c.spell, len(c.spell.days), c.line.at(night), mostScore, mostP)}
	e.p, e.score = e.slowing.p, e.slowing.score
	e.spend = c.fallOfSpend(days, spend)
	if e.spend.tested {
		slow, poor := e.slowing.score/(1-spendShare), e.spend.score/spendShare
		e.p = min(1, e.slowing.p/(1-spendShare), e.spend.p/spendShare)
		e.score, e.bySpend = min(1, slow, poor), poor < slow
		e.silenceScore = min(1, e.silenceScore/(1-spendShare))
	}
	return e
}

// fallOfSpend tests the spend of the spell that was begun.
func (c *course) fallOfSpend(days []int32, spend []float64) spendFall {
	n := len(c.spell.days)
	if spend == nil || n < spendLeast {
		return unspent
	}
	return c.spendFall(spendSince(spend, len(days), n), c.ownGap(n-1))
}

// ownGap is the mean of the first gaps of the spell, or the shop's where there is
// none, in days of the shop's clock.
func (c *course) ownGap(gaps int) float64 {
	b := c.baseline(&c.spell, gaps)
	if b.x < 1 {
		return b.usual
	}
	return b.active / b.x
}

// ownRegularity is the mean of what is known of the customer's K, or the shop's
// where nothing is.
func (c *course) ownRegularity() float64 {
	gaps := len(c.spell.days) - 1
	if c.spell.even[gaps].gaps == 0 {
		return c.rhythm.K
	}
	mean := 0.0
	for i, share := range c.shares(&c.spell, gaps) {
		mean += share * regularities[i]
	}
	return mean
}
