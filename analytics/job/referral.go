package job

import (
	"math"
	"slices"
)

// Referral says how much of what a referred customer is worth goes to those above: share
// to who brought them, share times share to who brought that one, and so on.
type Referral struct {
	Share float64 `json:"share"`
	Depth int     `json:"depth"` // how many steps up it goes
}

// Moved is the share of what a customer is worth that leaves them where enough stand above.
func (r Referral) Moved() (moved float64) {
	for step := 1; step <= r.Depth; step++ {
		moved += r.At(step)
	}
	return moved
}

// At is the share for who stands so many steps above.
func (r Referral) At(step int) float64 { return math.Pow(r.Share, float64(step)) }

// Referrals are the rule that the job states under referral, or the short form of it under
// clv. The job must have clv.
func (j *Job) Referrals() Referral {
	if j.Referral != nil {
		return *j.Referral
	}
	return Referral{Share: float64(j.CLV.ReferralShare), Depth: 1}
}

// mostReferralDepth is how many steps up value may go: half of it twenty times over is less
// than the millionth of a unit of money, the smallest amount that there is.
const mostReferralDepth = 20

// readReferral reads what referred customers bring those above; nil where the file does not
// say. The sources and clv must have been read.
func readReferral(root *section, j *Job) *Referral {
	s := root.section("referral")
	if s.node == nil {
		return nil
	}
	out := &Referral{Share: 1, Depth: 1}
	s.number("share", &out.Share, atLeast(0).atMost(1))
	s.whole("depth", &out.Depth, atLeast(1).atMost(mostReferralDepth))
	s.done()
	if moved := out.Moved(); moved > 1 {
		s.fail("share", "%s moves %.4g times what a customer is worth, over %d steps up; at most all of it can be moved: give a share up to %s, or depth: 1",
			number(out.Share), moved, out.Depth, number(out.mostShare()))
	}
	switch {
	case j.CLV == nil:
		root.fail("referral", "moves what customers are worth, and clv is off; turn it on or remove referral")
	case !j.mapsReferrers():
		root.fail("referral", "no source says who brought a customer; map sources.0.columns.referrer, or remove referral")
	case root.value("clv").find("referral_share") != nil:
		root.fail("referral", "clv.referral_share says the same of depth 1; keep one of the two")
	}
	return out
}

// mostShare is the largest share of three places that moves no more than all.
func (r Referral) mostShare() float64 {
	for thousandths := 1000; ; thousandths-- {
		r.Share = float64(thousandths) / 1000
		if r.Moved() <= 1 {
			return r.Share
		}
	}
}

// mapsReferrers tells whether a source says who brought customers.
func (j *Job) mapsReferrers() bool {
	return slices.ContainsFunc(j.Sources, func(s Source) bool { return s.Columns.Referrer != "" })
}
