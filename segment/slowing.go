package segment

import "math"

// windowsMost is how many completed gaps beside the open one can be the recent
// ones: a decline that took longer to show has become the customer's rhythm.
const windowsMost = 12

// slowing is the evidence that a customer buys less often than before.
type slowing struct {
	// p is the share of customers who buy as before and would look like this on
	// some night of a year.
	p float64
	// score is p, or more where the list of the night asks for more: at Alpha or
	// below a decline may be called. See stageJudge.slowing.
	score float64
	// chance is the probability of the recent gaps alone, of those of the best score
	// or, where none is good enough, of the least p.
	chance float64
	// recent is how many completed gaps are of the slow time beside the open one.
	recent int
	// silenceScore is the score of the open gap alone.
	silenceScore float64
}

// slowing compares the recent gaps with those before, for a spell seen up to
// its first n purchases at the time now.
//
// For each number of recent gaps, from the open one alone to half of all, the
// question is how probable it is that they take as long as they did, had the
// rhythm of those before gone on: Rhythm.overdue. That is raised to what it comes
// to over a year of nights, 1−(1−chance)^L with L looks (see looksAYear), and the
// least p of all counts. For the score, each also has to be chance·Alpha/cut at
// least, where the cut bounds the share of steady customers among those who are
// called on one night (see discoveryCut).
//
// Recent gaps count only when they took 1/Size times the usual or longer. A score
// above mostScore and a p above mostP need not be known, and are taken for 1.
//
// One more day of silence lengthens the open gap, in all comparisons, and
// lowers each p and score or leaves it. A purchase adds a completed gap to the
// recent ones of all comparisons, before the same gaps as earlier, and raises each.
func (j *stageJudge) slowing(s *spell, n int, now, mostScore, mostP float64) slowing {
	e := slowing{p: 1, score: 1, chance: 1, silenceScore: 1}
	gaps := n - 1
	windows := min(gaps, int((float64(gaps)+s.memoryX)/2), windowsMost)
	for recent := 0; recent <= windows; recent++ {
		before := gaps - recent
		b := j.baseline(s, before)
		took := now - s.times[before]
		if !(took*j.rules.Size >= b.usual*float64(recent+1)) {
			continue
		}
		looks := 1.0
		if !s.first || before > 0 || recent > 0 {
			looks = looksAYear(took, recent)
		}
		cut := j.fallCut
		if recent == 0 {
			cut = j.silenceCut
		}
		needed := max(onceOf(mostP, looks), min(onceOf(mostScore, looks), mostScore*cut/j.rules.Alpha))
		chance := j.rhythm.overdue(j.shares(s, before), b.x, b.active, float64(recent+1), took, needed*(1+1e-12))
		p := atLeastOnce(chance, looks)
		score := min(1, max(p, chance*j.rules.Alpha/cut))
		if p <= mostP {
			e.p, mostP = min(e.p, p), p
			if e.score == 1 { // nothing that could call a decline so far
				e.chance, e.recent = chance, recent
			}
		}
		if score <= mostScore && score < e.score {
			e.score, e.chance, e.recent = score, chance, recent
			mostScore = score
		}
		if recent == 0 {
			e.silenceScore = score
		}
	}
	return e
}

// atLeastOnce is the chance of something with chance p in one of looks looks.
func atLeastOnce(p, looks float64) float64 {
	return -math.Expm1(looks * math.Log1p(-p))
}

// onceOf is the p of which atLeastOnce makes all.
func onceOf(all, looks float64) float64 {
	if all >= 1 {
		return 1
	}
	return -math.Expm1(math.Log1p(-all) / looks)
}

// looksAYear is how many independent looks at a stretch of so many days, on the
// shop's clock, a year of nights comes to. Within a gap all evidence grows until
// the next purchase, so that a gap is one look, however many nights it lasts; and
// the looks at one stretch share most of what they look at with those at the next.
func looksAYear(took float64, recent int) float64 {
	if recent == 0 {
		return max(1, looksPerSilence*365/took)
	}
	return max(1, looksPerStretch*365/took)
}

// looksPerSilence, of the open gap alone, and looksPerStretch, of several gaps,
// come from simulation: see benchmarks/decline.
const (
	looksPerSilence = 8
	looksPerStretch = 12
)
