package segment

import "math"

// windowsMost is how many completed gaps beside the open one can be the recent
// ones: a decline that took longer to show has become the customer's rhythm.
const windowsMost = 12

// slowing is the evidence that a customer buys less often than before.
type slowing struct {
	// p is the share of customers who buy as before and would look like this on
	// any night of a year; see stageJudge.slowing.
	p float64
	// chance is the probability of the recent gaps alone.
	chance float64
	// recent is how many completed gaps are of the slow time beside the open one.
	recent int
	// silence is p of the open gap alone.
	silence float64
	// silenceChance is its probability.
	silenceChance float64
}

// slowing compares the recent gaps with those before, for a spell seen up to
// its first n purchases at the time now.
//
// For each number of recent gaps, from the open one alone to half of all, the
// question is how probable it is that they take as long as they did, had the
// rhythm of those before gone on: Rhythm.overdue. The answer of the most telling
// number counts, raised for having looked often:
//
//   - over a year of nights, to 1−(1−p)^L with L looks (see looksAYear), which
//     bounds the share of steady customers who are ever called in decline;
//   - over all customers of a night, to p·Alpha/Cut, which bounds the share of
//     steady customers among those called (see discoveryCut).
//
// Recent gaps count only when they took 1/Size times the usual or longer. Evidence
// of a p above most is taken for none: most is 1 where p is to be known, and less
// where only a p as low as that matters.
//
// One more day of silence lengthens the open gap, in all comparisons, and
// lowers each p or leaves it. A purchase adds a completed gap to the recent ones
// of all comparisons, before the same gaps as earlier, and raises each p.
func (j *stageJudge) slowing(s *spell, n int, now, most float64) slowing {
	best := most
	e := slowing{p: 1, chance: 1, silence: 1, silenceChance: 1}
	gaps := n - 1
	windows := min(gaps, int((float64(gaps)+s.memoryX)/2), windowsMost)
	for recent := 0; recent <= windows; recent++ {
		before := gaps - recent
		x, active, even := s.baseline(before)
		usual := j.rhythm.usualGap(x, active)
		took := now - s.times[before]
		if !(took*j.rules.Size >= usual*float64(recent+1)) {
			continue
		}
		share := j.rhythm.Regularity
		if even.gaps > 0 {
			share = j.shares.given(even, scaleOf(usual))
		}
		looks := 1.0
		if !s.first || before > 0 || recent > 0 {
			looks = looksAYear(took, recent)
		}
		cut := j.fallCut
		if recent == 0 {
			cut = j.silenceCut
		}
		needed := min(onceOf(best, looks), best*cut/j.rules.Alpha)
		chance := j.rhythm.overdue(&share, x, active, float64(recent+1), took, needed*(1+1e-12))
		p := max(atLeastOnce(chance, looks), chance*j.rules.Alpha/cut)
		if p <= best && p < e.p {
			e.p, e.chance, e.recent = p, chance, recent
			best = p
		}
		if recent == 0 {
			e.silence, e.silenceChance = p, chance
		}
	}
	e.p, e.silence = min(1, e.p), min(1, e.silence)
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
	looksPerSilence = 7
	looksPerStretch = 10
)
