package experiment

// Verdict is what an experiment says of its campaign.
type Verdict string

// The verdicts, in the order in which they are asked.
const (
	Described Verdict = "described" // no two arms that were drawn: nothing is known of the effect
	Void      Verdict = "void"      // the arms are not of the sizes that were drawn
	Running   Verdict = "running"   // the end that was stated has not come
	Positive  Verdict = "positive"  // the interval lies above 0
	Negative  Verdict = "negative"  // the interval lies below 0
	TooSmall  Verdict = "too_small" // the interval holds 0
)

// Proved tells whether the effect is known from 0: only then is there anything to work out
// from it.
func (v Verdict) Proved() bool { return v == Positive || v == Negative }

// Judge gives the verdict. There is none before the end that was stated beforehand: whoever
// looks every night and stops at the first interval without 0 finds one in most campaigns
// that do nothing (Armitage, McPherson and Rowe (1969), Journal of the Royal Statistical
// Society A 132(2)). A campaign that does nothing is positive once in twenty, and negative
// once in twenty.
func (a Arms) Judge(e Estimate, ended bool) Verdict {
	switch {
	case !a.Measurable():
		return Described
	case Alarming(a.SampleRatio()):
		return Void
	case !ended:
		return Running
	case e.Low > 0:
		return Positive
	case e.High < 0:
		return Negative
	default: // also where nobody did anything, and there is no interval
		return TooSmall
	}
}
