package segment

// stageJudge is what all customers are judged by, read only.
type stageJudge struct {
	line   timeLine
	rhythm Rhythm
	rules  StageRules
	// silenceCut and fallCut are the largest chances that may call a decline: of
	// the open gap alone, and of any other test.
	silenceCut, fallCut float64
	shares              regularityShares // as they count for one customer
}

func newJudge(panel *Panel, rules StageRules) *stageJudge {
	return &stageJudge{
		line:   panel.Clock.line(),
		rhythm: panel.Rhythm,
		rules:  rules.WithDefaults(panel.Rhythm),
		// Never 0, by which p could not be told.
		silenceCut: max(silenceCuts*panel.Cut, 1e-9),
		fallCut:    max(fallCuts*panel.Cut, 1e-9),
		shares:     panel.Rhythm.Regularity.forOne(),
	}
}

// silenceCuts and fallCuts are multiples of Panel.Cut. That is of one test and of
// one night: a silence that calls a decline is over with the next purchase, but a
// fall of the rate or of spend is called by the most telling of many windows, and
// lasts. From simulation: see benchmarks/decline.
const (
	silenceCuts = 1.6
	fallCuts    = 0.6
)

// course judges one customer at a time, and keeps the memory it needs for that.
type course struct {
	*stageJudge
	spell spell
}

// evidence is what the tests say of one customer on one night.
type evidence struct {
	slowing
	p     float64 // of all tests together: a decline is called at Alpha or below
	spend spendFall
	// bySpend tells whether spend is the stronger evidence.
	bySpend bool
	usual   float64 // gap before the recent ones, the customer's own where there is one, in days of the shop's clock
}

// spendShare is the share of Alpha that goes to the test of spend: a fall of spend
// shows in many purchases or not at all, a silence would be found later for it.
const spendShare = 1.0 / 6

// evidence runs the tests over the purchases on days, on a night on or after
// the last of them. Two tests are made one p by Bonferroni, of which that of spend
// has the share spendShare. A p above most need not be known.
func (c *course) evidence(days []int32, spend []float64, l *Life, night int32, most float64) evidence {
	s := &c.spell
	s.begin(&c.line, days, l)
	n := len(s.days)
	e := evidence{slowing: c.slowing(s, n, c.line.at(night), most)}
	e.p, e.spend = e.slowing.p, unspent
	e.usual = c.ownGap(n - 1 - e.recent)
	if spend != nil && n >= spendLeast {
		e.spend = c.spendFall(spendSince(spend, len(days), n), c.ownGap(n-1))
		slow, poor := e.slowing.p/(1-spendShare), e.spend.p/spendShare
		e.p, e.bySpend = min(1, slow, poor), poor < slow
		e.silence = min(1, e.silence/(1-spendShare))
	}
	return e
}

// fallen tells whether spend alone calls a decline on the day of the last
// purchase.
func (c *course) fallen(days []int32, spend []float64, l *Life) bool {
	if spend == nil {
		return false
	}
	c.spell.begin(&c.line, days, l)
	n := len(c.spell.days)
	return n >= spendLeast && c.spendFall(spendSince(spend, len(days), n), c.ownGap(n-1)).p <= c.rules.Alpha*spendShare
}

// ownGap is the mean of the first gaps of the spell, or the shop's where there is
// none.
func (c *course) ownGap(gaps int) float64 {
	x, active, _ := c.spell.baseline(gaps)
	if x < 1 {
		return c.rhythm.usualGap(x, active)
	}
	return active / x
}

// ownRegularity is the mean of what is known of the customer's K, or the shop's
// where nothing is.
func (c *course) ownRegularity() float64 {
	gaps := len(c.spell.days) - 1
	_, _, even := c.spell.baseline(gaps)
	if even.gaps == 0 {
		return c.rhythm.K
	}
	share := c.shares.given(even, scaleOf(c.ownGap(gaps)))
	mean := 0.0
	for i, k := range regularities {
		mean += share[i] * k
	}
	return mean
}
