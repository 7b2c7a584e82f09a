package report

import (
	"errors"
	"io/fs"
	"math"
	"slices"

	"clientele/analytics/publication"
	"clientele/internal/figures"
)

// paybackMonths is how many months of first purchases the table of payback has.
const paybackMonths = 24

// paybackTable says when what winning customers cost has paid back; nil where that costs
// nothing.
func (r *reading) paybackTable() (*Table, error) {
	all, err := r.night.ReadWonMonths()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // clv is off, or the night is of an earlier version
	}
	if err != nil {
		return nil, err
	}
	months := publication.NewestWon(all, paybackMonths)
	if len(months) == 0 {
		return nil, nil //nolint:nilnil // as most jobs do not say what it costs
	}
	say := r.say
	t := &Table{ID: "payback", Caption: say.Say("report.payback.title"), Note: say.Say("report.payback.note")}
	t.Head = slices.Concat(texts(say.Say("report.col.month")), numbers(say.Say("report.col.customers"), say.Say("report.col.acquisition"),
		say.Say("report.col.margin_so_far"), say.Say("report.col.margin_ahead"), say.Say("report.col.ltv_over_cac")), texts(say.Say("report.col.payback")))
	for _, m := range months {
		ratio := nothing
		if !math.IsNaN(m.LTVOverCAC) {
			ratio = figures.Rounded(m.LTVOverCAC, 1)
		}
		t.Rows = append(t.Rows, rowOf(m.Month, count(m.Customers), amount(m.Cost), amount(m.Margin), amount(m.Future), ratio, r.payback(m)))
	}
	return t, nil
}

// payback says when a month's customers have paid back.
func (r *reading) payback(m publication.WonMonth) string {
	switch m.Payback {
	case "seen":
		return m.PaidBack
	case "forecast":
		latest := m.Latest
		if latest == "" {
			latest = r.say.Say("report.payback.later")
		}
		return r.say.Say("report.payback.forecast", "month", m.PaidBack, "low", m.Earliest, "high", latest)
	case "never":
		return r.say.Say("report.payback.never", "horizon", r.horizon())
	}
	return nothing
}
