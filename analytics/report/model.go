package report

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/publication"
	"clientele/clv/backtest"
	"clientele/internal/figures"
)

// Model is the section about what the models foretold, and what came.
type Model struct {
	Text     string
	Against  []string // what speaks against the choice, in the words of the night
	Members  Table
	Earlier  *Table   // forecasts of earlier nights, and what came; nil: there are none
	Audits   []string // the same in sentences
	Deciles  *Table   // of the newest of them
	Backtest *Table   // how candidates did; nil: the job chose the model, or nothing could be told of them
}

func (p *Page) addModel(r *reading) error {
	m := r.night.Model
	if !m.Exists() {
		p.leaveOut(r.say.Say("report.off.model"))
		return nil
	}
	s := &Model{Members: r.memberModels(m)}
	if m.ChosenOn == "" {
		s.Text = r.say.Say("report.model.given", "model", m.Model)
	} else {
		s.Text = r.say.Say("report.model.chosen", "day", m.ChosenOn, "chosen", m.Chosen)
	}
	for _, against := range []string{m.Untested, m.Drifted} {
		// What kept models from being weighed is said with the choice already.
		if against != "" && !strings.Contains(m.Chosen, against) {
			s.Against = append(s.Against, against)
		}
	}
	s.addAudits(r)
	if slices.ContainsFunc(m.Backtest, func(b backtest.Score) bool { return !math.IsNaN(b.LogScore) }) {
		t := r.backtestTable(m)
		s.Backtest = &t
	}
	p.Model = s
	return nil
}

func (r *reading) memberModels(m *publication.Model) Table {
	say := r.say
	t := Table{ID: "model-members", Caption: say.Say("report.members_of_blend.caption")}
	t.Head = slices.Concat(texts(say.Say("report.col.model")), numbers(say.Say("report.col.weight")), sentences(say.Say("report.col.params")))
	if len(m.Members) == 0 {
		t.Rows = []Row{rowOf(m.Model, percent(1), paramsText(m.Params))}
	}
	for _, member := range m.Members {
		t.Rows = append(t.Rows, rowOf(member.Model, percent(member.Weight), paramsText(member.Params)))
	}
	return t
}

// paramsText lists parameters by name.
func paramsText(params map[string]float64) string {
	text := ""
	for _, name := range sortedKeys(params) {
		if text != "" {
			text += ", "
		}
		text += name + " " + figures.Digits(params[name], 4)
	}
	return text
}

// addAudits says how the forecasts of earlier nights came true.
func (s *Model) addAudits(r *reading) {
	say := r.say
	t := Table{ID: "audits", Caption: say.Say("report.audits.caption")}
	t.Head = slices.Concat(texts(say.Say("report.col.as_of")), numbers(say.Say("report.col.days"), say.Say("report.col.expected"), say.Say("report.col.purchases"),
		say.Say("report.col.expected_money"), say.Say("report.col.money"), say.Say("report.col.low"), say.Say("report.col.high")), texts(say.Say("report.col.held")))
	format := formatOfForecasts(r.night.Audit)
	for _, a := range r.night.Audit {
		f := a.Forecast
		if f == nil {
			continue
		}
		verdict := Cell{Text: r.held(f.Held), Verdict: "fail"}
		if f.Held {
			verdict.Verdict = "pass"
		}
		t.Rows = append(t.Rows, append(rowOf(a.AsOf, count(int64(a.Days)), decimal(f.Expected), count(whole(f.Purchases)), format.Money(f.ExpectedMoney), format.Money(f.Money), format.Money(f.Low), format.Money(f.High)), verdict))
		if s.Deciles == nil && len(f.Deciles) > 0 {
			d := r.decileTable(a)
			s.Deciles = &d
		}
	}
	if len(t.Rows) > 0 {
		s.Earlier = &t
	}
}

func formatOfForecasts(audits []publication.AuditedNight) figures.MoneyFormat {
	var all []float64
	for _, a := range audits {
		if a.Forecast != nil {
			all = append(all, a.Forecast.High, a.Forecast.Money)
		}
	}
	return figures.FormatOf(all...)
}

func (r *reading) decileTable(a publication.AuditedNight) Table {
	say := r.say
	t := Table{ID: "audit-deciles", Caption: say.Say("report.deciles.caption", "as_of", a.AsOf, "days", a.Days)}
	t.Head = numbers(say.Say("report.col.tenth"), say.Say("report.col.customers"), say.Say("report.col.expected"), say.Say("report.col.purchases"),
		say.Say("report.col.expected_money"), say.Say("report.col.money"))
	format := figures.FormatOf(a.Forecast.Deciles[0].ExpectedMoney, a.Forecast.Deciles[0].Money)
	for i, d := range a.Forecast.Deciles {
		t.Rows = append(t.Rows, rowOf(count(int64(i+1)), count(d.Customers), decimal(d.Expected), count(whole(d.Purchases)), format.Money(d.ExpectedMoney), format.Money(d.Money)))
	}
	return t
}

func (r *reading) backtestTable(m *publication.Model) Table {
	say := r.say
	t := Table{ID: "backtest", Caption: say.Say("report.backtest.caption"), Note: say.Say("report.backtest.note")}
	t.Head = slices.Concat(texts(say.Say("report.col.model")), numbers(say.Say("report.col.log_score"), say.Say("report.col.behind"), say.Say("report.col.std_err")))
	for _, b := range m.Backtest {
		t.Rows = append(t.Rows, rowOf(b.Model, fourPlaces(b.LogScore), fourPlaces(b.Behind), fourPlaces(b.StdErr)))
	}
	return t
}

func fourPlaces(v float64) string {
	if math.IsNaN(v) {
		return nothing // the candidate took no part
	}
	return strconv.FormatFloat(v, 'f', 4, 64)
}

func sortedKeys(m map[string]float64) []string { return slices.Sorted(maps.Keys(m)) }
