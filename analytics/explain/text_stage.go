package explain

import (
	"strings"

	"clientele/analytics/publication/column"
	"clientele/internal/figures"
)

// stage says the stage, what it rests on, and how sure it is.
func (w writer) stage() (Block, bool) {
	s := w.Stage
	if s == nil {
		return Block{}, false
	}
	since := ""
	if s.Since != nil {
		since = dayText(*s.Since)
	}
	b := Block{Title: w.say.Say("explain.head.stage"), Lines: []string{
		w.say.SayOf("explain.stage", s.Stage, "label", w.named.Of(column.ByStage.Name, s.Stage), "since", since,
			"days", s.PurchaseDays, "formation", s.FormationDays, "stability", s.StabilityDays),
		w.say.Say("explain.reasons", "reasons", s.Reasons),
	}}
	if s.Momentum.Known() {
		b.Lines = append(b.Lines, w.say.Say("explain.momentum",
			"share", figures.Percent(float64(s.Momentum)), "below", figures.Percent(s.Below), "watch", figures.Percent(s.Watched)))
	}
	b.Lines = append(b.Lines, w.decline(s)...)
	if s.Reactivations > 0 {
		b.Lines = append(b.Lines, w.say.Say("explain.reactivations", "times", s.Reactivations))
	}
	if s.ValueAtRisk.Known() && s.ValueAtRisk > 0 && s.Decline != "none" {
		b.Lines = append(b.Lines, w.say.Say("explain.at_risk", "value", moneyText(float64(s.ValueAtRisk))))
	}
	if s.LostInterest != "" {
		b.Lines = append(b.Lines, w.say.Say("explain.lost_interest", "list", w.say.List(strings.Split(s.LostInterest, ";")...)))
	}
	return b, true
}

// decline says what kind of decline it is, since when, and how sure that is.
func (w writer) decline(s *Stage) (lines []string) {
	if w.say.Has("explain.decline", s.Decline) {
		lines = append(lines, w.say.SayOf("explain.decline", s.Decline))
	}
	if s.PurchaseDays > 2 && s.Onset != nil && s.RateBefore.Known() && s.RateAfter.Known() { // one gap makes no rate to speak of
		lines = append(lines, w.say.Say("explain.onset", "day", dayText(*s.Onset),
			"before", quantity(float64(s.RateBefore)), "after", quantity(float64(s.RateAfter))))
	}
	if s.Sure == nil {
		return lines
	}
	lines = append(lines, w.say.Say("explain.sure", "share", figures.Percent(s.Sure.FalseShare)))
	if s.Sure.GoesOn.Known() && s.Sure.GoesOn < 1 { // 1: nothing bounds it
		lines = append(lines, w.say.Say("explain.goes_on", "share", figures.Percent(float64(s.Sure.GoesOn))))
	}
	if s.Sure.WentOn != nil {
		lines = append(lines, w.say.Say("explain.went_on", "called", s.Sure.Called, "on", s.Sure.CalledOn, "went", *s.Sure.WentOn))
	}
	return lines
}
