package segment

// stageJudge is what all customers are judged by, read only.
type stageJudge struct {
	line   timeLine
	rhythm Rhythm
	rules  StageRules
	cut    float64
}

func newJudge(panel *Panel, rules StageRules) *stageJudge {
	return &stageJudge{line: panel.Clock.line(), rhythm: panel.Rhythm, rules: rules.WithDefaults(panel.Rhythm), cut: max(panel.Cut, 1e-9)}
}

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
	usual float64 // gap before the recent ones, in days of the shop's clock
}

// evidence runs the tests over the purchases on days, on a night on or after
// the last of them. Two tests are made of one p by Bonferroni. A p above most
// need not be known.
func (c *course) evidence(days []int32, spend []float64, l *Life, night int32, most float64) evidence {
	s := &c.spell
	s.begin(&c.line, days, l)
	n := len(s.days)
	e := evidence{slowing: c.slowing(s, n, c.line.at(night), most)}
	e.p, e.spend = e.slowing.p, unspent
	x, active, _ := s.baseline(n - 1 - e.recent)
	e.usual = c.rhythm.usualGap(x, active)
	if spend != nil && n >= spendLeast {
		e.spend = c.spendFall(spendSince(spend, len(days), n), e.usual)
		e.p = min(1, 2*min(e.p, e.spend.p))
		e.silence = min(1, 2*e.silence)
	}
	return e
}
