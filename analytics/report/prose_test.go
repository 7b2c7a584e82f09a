package report_test

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestSentencesAreTheFiles holds the five sentences of the night against the files.
func TestSentencesAreTheFiles(t *testing.T) {
	n := bundledShop(t).second
	s, p := secondReading(t, n), readPage(t, n.page)
	before := tree(t, n.before, "run.json")
	run := func(keys ...string) float64 { return number(t, at(s.run, keys...)) }
	then := func(keys ...string) float64 { return number(t, at(before, keys...)) }
	change := func(v float64, text string) string {
		if v < 0 {
			return "−" + text
		}
		return "+" + text
	}
	cash := func(keys ...string) string {
		d := run(keys...) - then(keys...)
		return change(d, shownMoney(math.Abs(d)))
	}
	active, newcomers := s.activeAndNew()
	changes := at(s.run, "tiers", "changes").(map[string]any)
	of := func(ops ...string) (sum int) {
		for _, op := range ops {
			if v, has := changes[op]; has {
				sum += int(number(t, v))
			}
		}
		return sum
	}
	audit := at(s.run, "audit").([]any)[0]
	forecast := func(key string) float64 { return number(t, at(audit, "forecast", key)) }
	require.Equal(t, []string{
		commas(run("customers"), 0) + " customers have bought so far; " + strconv.Itoa(active) + " of them bought in the last 91 days. " +
			change(run("customers")-then("customers"), commas(math.Abs(run("customers")-then("customers")), 0)) + " since 2026-05-31; " + strconv.Itoa(newcomers) + " are new.",
		shownMoney(run("equity", "value")) + " CHF is what they are expected to bring within 36 months; it is between " + shownMoney(run("equity", "low")) + " and " +
			shownMoney(run("equity", "high")) + " in 9 of 10 cases. " + cash("equity", "value") + " since 2026-05-31.",
		shownMoney(run("at_risk", "value")) + " CHF of value is at stake with " + commas(run("at_risk", "customers"), 0) + " customers who are slipping. " +
			cash("at_risk", "value") + ", and " + change(run("at_risk", "customers")-then("at_risk", "customers"), commas(math.Abs(run("at_risk", "customers")-then("at_risk", "customers")), 0)) + " customers, since 2026-05-31.",
		commas(run("tiers", "warnings"), 0) + " members fall to a lower tier within 30 days unless they buy. Since 2026-05-31, " +
			strconv.Itoa(of("enter", "upgrade")) + " rose or entered and " + strconv.Itoa(of("downgrade", "leave")) + " fell or left.",
		commas(math.Round(forecast("purchases")), 0) + " purchases were made in the 30 days since 2026-05-31, where " + commas(math.Round(forecast("expected_purchases")), 0) +
			" were expected; the " + shownMoney(forecast("money")) + " CHF that came is within what was foretold, " + shownMoney(forecast("low")) + " to " + shownMoney(forecast("high")) + ".",
	}, sentencesOf(p))
}

// TestWhomToCallFirst holds the names of those within reach against at_risk.csv.
func TestWhomToCallFirst(t *testing.T) {
	n := bundledShop(t).second
	s, p := secondReading(t, n), readPage(t, n.page)
	var ids []string
	for _, r := range s.csv("at_risk.csv")[:20] {
		if s.num(r["p_next"]) >= 1./3 {
			ids = append(ids, r["customer_id"])
		}
	}
	require.Greater(t, len(ids), 1)
	last := len(ids) - 1
	require.Contains(t, p.prose, "Still within reach, with a chance of a third or more to buy within 91 days: "+
		strings.Join(ids[:last], ", ")+" and "+ids[last]+". Call these first.")
}

// sentencesOf are the paragraphs between the titles of the night and of what to do next.
func sentencesOf(p *page) (all []string) {
	inside := false
	for _, text := range p.prose {
		switch text {
		case "The night in five sentences":
			inside = true
		case "What to do next":
			return all
		default:
			if inside {
				all = append(all, text)
			}
		}
	}
	return all
}

// activeAndNew counts customers with a purchase in the last 91 days, and those who were none
// on the night before.
func (s *second) activeAndNew() (active, newcomers int) {
	asOf, err := time.Parse(time.DateOnly, at(s.run, "as_of").(string))
	require.NoError(s.t, err)
	was := map[string]bool{}
	for _, c := range records(s.t, s.night.before, "customers.csv") {
		was[c["customer_id"]] = true
	}
	for _, c := range s.csv("customers.csv") {
		last, err := time.Parse(time.DateOnly, c["last_day"])
		require.NoError(s.t, err)
		if asOf.Sub(last).Hours()/24 < 91 {
			active++
		}
		if !was[c["customer_id"]] {
			newcomers++
		}
	}
	return active, newcomers
}

// TestEveryNumberOfTheProseIsOfTheFiles looks for each number that the page says outside its
// tables and pictures, among those of run.json and what follows from them.
func TestEveryNumberOfTheProseIsOfTheFiles(t *testing.T) {
	for name, n := range map[string]*night{"bundled": bundledShop(t).second, "campaigns": campaignShop(t).second} {
		t.Run(name, func(t *testing.T) { requireNumbersOf(t, n) })
	}
}

func requireNumbersOf(t *testing.T, n *night) {
	t.Helper()
	s, p := secondReading(t, n), readPage(t, n.page)
	known := s.knownFigures()
	if at(s.run, "activation") != nil {
		for _, l := range s.csv("lift.csv") {
			known[l["overlapping"]], known[l["balance_p"]] = true, true
		}
	}
	for _, text := range p.prose {
		for _, f := range figures.FindAllString(text, -1) {
			require.True(t, known[strings.TrimRight(f, ",")], "%q of %q is in no file", f, text)
		}
	}
	require.False(t, known["98.76%"], "the test can fail")
}

// knownFigures are the numbers and days that files have, as people read them, and those that
// the program's own words have.
func (s *second) knownFigures() map[string]bool {
	known := map[string]bool{}
	for _, ours := range []string{"9", "10", "91", "1%", "5%", "20%", "20", "90%", "0", "0.1.0", "256"} {
		known[ours] = true
	}
	active, newcomers := s.activeAndNew()
	known[strconv.Itoa(active)], known[strconv.Itoa(newcomers)] = true, true
	before := tree(s.t, s.night.before, "run.json")
	s.know(known, s.run)
	s.know(known, tree(s.t, s.night.publication, "model.json"))
	for _, key := range [][]string{{"customers"}, {"equity", "value"}, {"at_risk", "value"}, {"at_risk", "customers"}} {
		v, was := number(s.t, at(s.run, key...)), number(s.t, at(before, key...))
		s.knowNumber(known, v-was)
		s.knowNumber(known, was)
	}
	changes := at(s.run, "tiers", "changes").(map[string]any)
	for _, a := range changes {
		for _, b := range changes {
			s.knowNumber(known, number(s.t, a)+number(s.t, b))
		}
	}
	for _, r := range s.csv("at_risk.csv")[:20] {
		said := r["customer_id"] + " " + r["last_day"] + " " + shownMoney(s.num(r["value_at_risk"])) + " " + shownShare(s.num(r["p_next"]))
		for _, f := range figures.FindAllString(said, -1) {
			known[f] = true
		}
	}
	s.knowNumber(known, float64(len(s.csv("tiers_warnings.csv"))-20))
	s.knowNumber(known, float64(len(at(s.run, "warnings").([]any))))
	return known
}

func (s *second) know(known map[string]bool, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, sub := range v {
			s.know(known, sub)
		}
	case []any:
		for _, sub := range v {
			s.know(known, sub)
		}
	case float64:
		s.knowNumber(known, v)
	case string:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			s.knowNumber(known, f)
		}
		for _, f := range figures.FindAllString(v, -1) {
			known[strings.TrimRight(f, ",")] = true
		}
	}
}

func (s *second) knowNumber(known map[string]bool, v float64) {
	for _, text := range []string{commas(v, 0), shownMoney(v), shownShare(v)} {
		for _, sign := range []string{"", "+"} {
			known[sign+text] = true
		}
		known["−"+strings.TrimPrefix(text, "-")] = true
	}
}
