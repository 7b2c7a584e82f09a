package explain

import (
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
)

// purchases says what was bought, with a line of marks.
func (w writer) purchases() Block {
	first, last := w.Columns.Day(column.FirstDay), w.Columns.Day(column.LastDay)
	orders, _ := w.Columns.Count(column.Orders)
	days, _ := w.Columns.Count(column.PurchaseDays)
	net, _ := w.Remembered.Amount(column.Net)
	recency, _ := w.Columns.Count(column.RecencyDays)
	b := Block{Title: w.say.Say("explain.head.purchases")}
	if orders == 1 {
		b.Lines = append(b.Lines, w.say.Say("explain.bought_once", "first", calendar.Format(first), "net", amountText(net), "ago", w.ago(int(recency))))
	} else {
		b.Lines = append(b.Lines,
			w.say.Say("explain.bought", "first", calendar.Format(first), "days", days, "orders", orders, "net", amountText(net)),
			w.say.Say("explain.last", "last", calendar.Format(last), "ago", w.ago(int(recency))))
	}
	if returns, _ := w.Remembered.Count(column.Returns); returns > 0 {
		b.Lines = append(b.Lines, w.say.Say("explain.gave_back", "returns", returns))
	}
	night := calendar.Day(w.AsOf)
	if line := marks(w.markedDays(first, last), night); len(line) > 0 && night > first {
		b.Lines = append(b.Lines, calendar.Format(first)+" "+line+" "+calendar.Format(night))
		b.Lines = append(b.Lines, w.marksKey(first, night))
	}
	return b
}

// marksKey says what the marks mean.
func (w writer) marksKey(first, night calendar.Day) string {
	if w.Purchases == nil {
		return w.say.Say("explain.marks_ends")
	}
	if stretch := int(night-first+1) / marksWide; stretch > 1 {
		return w.say.Say("explain.marks", "days", stretch)
	}
	return w.say.Say("explain.marks_days")
}
