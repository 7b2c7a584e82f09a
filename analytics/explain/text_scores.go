package explain

import (
	"clientele/analytics/publication/column"
	"clientele/analytics/scores/rfm"
)

// scores says where each score stands and what the next one takes.
func (w writer) scores() (Block, bool) {
	s := w.Scores
	if s == nil {
		return Block{}, false
	}
	b := Block{Title: w.say.Say("explain.head.scores"), Lines: []string{
		w.say.Say("explain.scores", "best", s.Best, "day", s.FittedOn),
	}}
	if s.Window != "" && s.Window != "all" {
		b.Lines = append(b.Lines, w.say.Say("explain.scores_window", "window", w.span(s.Window)))
	}
	for _, score := range s.Scores {
		b.Lines = append(b.Lines, w.score(s, score))
	}
	b.Lines = append(b.Lines, w.say.Say("explain.segment", "label", w.named.Of(column.BySegment.Name, s.Segment)))
	if v, has := w.Columns.Number(column.RFMScore); has {
		b.Lines = append(b.Lines, w.say.Say("explain.rfm_score", "score", quantity(v)))
	}
	return b, true
}

// score says one of them.
func (w writer) score(all *Scores, s Score) string {
	best, score := all.Best, int(s.Score)
	switch s.Column {
	case column.R.Name:
		text := w.say.Say("explain.score_r", "score", score, "best", best, "ago", w.ago(int(s.Value)), "range", w.wholeRange(s))
		if s.Falls != nil {
			text += w.say.Say("explain.score_falls", "day", dayText(s.Falls.On), "score", int(s.Falls.Score))
		}
		return text
	case column.F.Name:
		text := w.say.SayOf("explain.score_f", all.Counts, "score", score, "best", best, "value", int64(s.Value), "range", w.wholeRange(s))
		if s.Next != nil {
			text += w.say.Say("explain.score_f_next", "needs", quantity(s.Next.Needs), "score", int(s.Next.Score), "more", quantity(s.Next.More))
		}
		return text
	}
	text := w.say.SayOf("explain.score_m", all.Monetary, "score", score, "best", best, "value", moneyText(s.Value), "range", w.moneyRange(s))
	switch {
	case s.Next == nil:
	case !s.Next.Above:
		text += w.say.Say("explain.score_m_next_from", "needs", moneyText(s.Next.Needs), "score", int(s.Next.Score), "more", moneyText(s.Next.More))
	default:
		text += w.say.Say("explain.score_m_next", "needs", moneyText(s.Next.Needs), "score", int(s.Next.Score), "more", moneyText(s.Next.More))
	}
	return text
}

// wholeRange is the whole numbers that have a score.
func (w writer) wholeRange(s Score) string {
	from, to := "", ""
	if s.Above != nil {
		from = quantity(leastBeyond(*s.Above, s.Closed))
	}
	if s.UpTo != nil {
		to = quantity(leastBeyond(*s.UpTo, s.Closed) - 1)
	}
	switch {
	case from == to:
		return from
	case from == "":
		return w.say.Say("explain.range_to", "to", to)
	case to == "":
		return w.say.Say("explain.range_from", "from", from)
	}
	return w.say.Say("explain.range", "from", from, "to", to)
}

// moneyRange is the amounts that have a score.
func (w writer) moneyRange(s Score) string {
	left := s.Closed == rfm.ClosedLeft
	switch {
	case s.Above == nil && s.UpTo == nil:
		return w.say.Say("explain.range_any")
	case s.Above == nil && left:
		return w.say.Say("explain.range_under", "to", moneyText(*s.UpTo))
	case s.Above == nil:
		return w.say.Say("explain.range_to", "to", moneyText(*s.UpTo))
	case s.UpTo == nil && left:
		return w.say.Say("explain.range_from", "from", moneyText(*s.Above))
	case s.UpTo == nil:
		return w.say.Say("explain.range_over", "from", moneyText(*s.Above))
	case left:
		return w.say.Say("explain.range_from_under", "from", moneyText(*s.Above), "to", moneyText(*s.UpTo))
	}
	return w.say.Say("explain.range_over_to", "from", moneyText(*s.Above), "to", moneyText(*s.UpTo))
}
