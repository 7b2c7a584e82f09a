package report_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/pictures"
	"clientele/analytics/publication"
)

// second is the second reading of a night: its files, read by other means than the program's.
type second struct {
	t      *testing.T
	night  *night
	run    map[string]any
	labels map[string]string // kind/group -> label
}

func secondReading(t *testing.T, n *night) *second {
	t.Helper()
	s := &second{t: t, night: n, run: tree(t, n.publication, "run.json"), labels: map[string]string{}}
	for _, g := range s.csv("segments.csv") {
		label := g["label"]
		if label == "" {
			label = "no tier"
		}
		s.labels[g["kind"]+"/"+g["group"]] = label
	}
	return s
}

func (s *second) csv(file string) []map[string]string { return records(s.t, s.night.publication, file) }

func (s *second) num(text string) float64 { return number(s.t, text) }

func (s *second) tier(name string) string  { return s.labels["tier/"+name] }
func (s *second) stage(name string) string { return s.labels["stage/"+name] }

// TestTablesAreTheFiles holds every table of the page against the files of the publication.
func TestTablesAreTheFiles(t *testing.T) {
	t.Run("bundled", func(t *testing.T) { requireTablesOf(t, bundledShop(t).second) })
	t.Run("campaigns", func(t *testing.T) { requireTablesOf(t, campaignShop(t).second) })
	t.Run("first campaigns", func(t *testing.T) {
		n := campaignShop(t).first
		p := readPage(t, n.page)
		for id, rows := range secondReading(t, n).campaigns() {
			require.Equal(t, rows, p.tables[id][1:], id)
		}
	})
}

func requireTablesOf(t *testing.T, n *night) {
	t.Helper()
	s, p := secondReading(t, n), readPage(t, n.page)
	want := s.tables()
	for id, rows := range want {
		require.Equal(t, rows, p.tables[id][1:], id)
	}
	for id, rows := range p.tables {
		if name, behind := strings.CutPrefix(id, "t-"); behind {
			require.Equal(t, pictured(t, n, name), rows, id)
		} else if want[id] == nil {
			require.Equal(t, "rising", id, "no second reading of the table")
		}
	}
}

// pictured is the table behind a picture, which the tests of analytics/pictures hold against
// the files.
func pictured(t *testing.T, n *night, name string) [][]string {
	t.Helper()
	now, err := publication.Open(n.publication)
	require.NoError(t, err)
	then, err := publication.Open(n.before)
	require.NoError(t, err)
	p, err := pictures.Of(now, then, name, pictures.Options{})
	require.NoError(t, err)
	rows := [][]string{nil}
	for _, c := range p.Table.Columns {
		rows[0] = append(rows[0], c.Title)
	}
	for _, cells := range p.Table.Rows {
		var row []string
		for _, c := range cells {
			row = append(row, c.Text)
		}
		rows = append(rows, row)
	}
	return rows
}

// tables are the rows that each table of the page should have.
func (s *second) tables() map[string][][]string {
	tables := map[string][][]string{
		"at-risk": s.atRisk(), "loss": s.loss(), "stages": s.groups("stage"), "segments": s.segments(), "tiers": s.members(),
		"where-region": s.where("region", 6), "where-channel": s.where("channel", 6), "where-category": s.bought(6), "quality": s.quality(), "falling": s.falling(),
		"losing": s.losing(), "audits": s.audits(), "audit-deciles": s.deciles(), "model-members": s.models(), "backtest": s.backtest(),
		"sources": s.sources(), "retention": s.retention(), "payback": s.payback(), "fates": s.fates(), "inputs": s.inputs(), "examples": s.examples(),
	}
	if at(s.run, "activation") != nil {
		maps.Copy(tables, s.campaigns())
	}
	return tables
}

func (s *second) atRisk() (rows [][]string) {
	for _, r := range s.csv("at_risk.csv")[:20] {
		rows = append(rows, []string{
			r["customer_id"], shownMoney(s.num(r["value_at_risk"])), r["last_day"], commas(math.Round(s.num(r["usual_gap_days"])), 0),
			shownShare(s.num(r["p_next"])), s.stage(r["stage"]), s.tier(r["tier"]), r["reasons"],
		})
	}
	return rows
}

func (s *second) loss() (rows [][]string) {
	sums, counts := map[string]float64{}, map[string]int{}
	for _, r := range s.csv("at_risk.csv") {
		sums[r["stage"]+"/"+r["tier"]] += s.num(r["value_at_risk"])
		sums[r["stage"]] += s.num(r["value_at_risk"])
		counts[r["stage"]]++
	}
	for _, stage := range s.csv("segments.csv") {
		if stage["kind"] != "stage" || counts[stage["group"]] == 0 {
			continue
		}
		row := []string{stage["label"]}
		for _, tier := range s.csv("segments.csv") {
			if tier["kind"] != "tier" {
				continue
			}
			if v := sums[stage["group"]+"/"+tier["group"]]; v != 0 {
				row = append(row, shownMoney(v))
			} else {
				row = append(row, "–")
			}
		}
		rows = append(rows, append(row, shownMoney(sums[stage["group"]]), strconv.Itoa(counts[stage["group"]])))
	}
	return rows
}

func (s *second) groups(kind string) (rows [][]string) {
	for _, g := range s.csv("segments.csv") {
		if g["kind"] == kind {
			rows = append(rows, []string{
				s.labels[kind+"/"+g["group"]], commas(s.num(g["customers"]), 0), shownShare(s.num(g["share"])), commas(s.num(g["orders"]), 0),
				shownMoney(s.num(g["revenue"])), shownMoney(s.num(g["future_value"])), shownShare(s.num(g["equity_share"])),
			})
		}
	}
	return rows
}

func (s *second) segments() [][]string {
	rows, i := s.groups("rfm"), 0
	for _, g := range s.csv("segments.csv") {
		if g["kind"] == "rfm" {
			rows[i] = append(rows[i], g["rule"])
			i++
		}
	}
	return rows
}

func (s *second) members() [][]string {
	came, went := map[string]int{}, map[string]int{}
	for _, c := range s.csv("tiers_delta.csv") {
		if c["from"] != c["to"] {
			came[c["to"]]++
			went[c["from"]]++
		}
	}
	rows, i := s.groups("tier"), 0
	for _, g := range s.csv("segments.csv") {
		if g["kind"] == "tier" {
			rows[i] = slices.Insert(rows[i], 2, strconv.Itoa(came[g["group"]]), strconv.Itoa(went[g["group"]]))
			i++
		}
	}
	return rows
}

// where counts customers by segment and place.
func (s *second) where(attribute string, most int) (rows [][]string) {
	all, of := map[string]int{}, map[string]map[string]int{}
	for _, c := range s.csv("customers.csv") {
		if v := c[attribute]; v != "" {
			for _, segment := range []string{"", c["segment"]} {
				if of[segment] == nil {
					of[segment] = map[string]int{}
				}
				of[segment][v]++
				of[segment]["\x00"]++
			}
			all[v]++
		}
	}
	values := slices.Sorted(maps.Keys(all))
	slices.SortStableFunc(values, func(a, b string) int { return all[b] - all[a] })
	add := func(label string, counts map[string]int) {
		if counts == nil {
			return
		}
		row := []string{label}
		for _, v := range values[:min(most, len(values))] {
			row = append(row, shownShare(float64(counts[v])/float64(counts["\x00"])))
		}
		rows = append(rows, row)
	}
	add("all customers", of[""])
	for _, g := range s.csv("segments.csv") {
		if g["kind"] == "rfm" {
			add(g["label"], of[g["group"]])
		}
	}
	return rows
}

// bought is what segments buy. The tests of customers and interests hold the file.
func (s *second) bought(most int) (rows [][]string) {
	with, of := map[string]float64{}, map[string]map[string]map[string]string{}
	for _, r := range s.csv("segment_categories.csv") {
		if of[r["segment"]] == nil {
			of[r["segment"]] = map[string]map[string]string{}
		}
		of[r["segment"]][r["category"]] = r
		with[r["category"]] += s.num(r["with"])
	}
	names := slices.Sorted(maps.Keys(with))
	slices.SortStableFunc(names, func(a, b string) int { return int(with[b] - with[a]) })
	all := []string{"all customers"}
	for _, g := range s.csv("segments.csv") {
		if g["kind"] != "rfm" || of[g["group"]] == nil {
			continue
		}
		row, more := []string{g["label"]}, []string{}
		for i, name := range names {
			r := of[g["group"]][name]
			if r["apart"] == "above" {
				more = append(more, name)
			}
			if i >= most {
				continue
			}
			row = append(row, shownShare(s.num(r["share"])))
			if rows == nil {
				all = append(all, shownShare(s.num(r["share_of_all"])))
			}
		}
		lift := func(name string) float64 {
			return s.num(of[g["group"]][name]["share"]) / s.num(of[g["group"]][name]["share_of_all"])
		}
		slices.SortFunc(more, func(a, b string) int { return cmp.Or(cmp.Compare(lift(b), lift(a)), strings.Compare(a, b)) })
		if rows == nil {
			rows = append(rows, append(all, "–"))
		}
		if more = more[:min(3, len(more))]; len(more) == 0 {
			more = []string{"–"}
		}
		rows = append(rows, append(row, strings.Join(more, ", ")))
	}
	return rows
}

func (s *second) quality() (rows [][]string) {
	words := map[string]string{"pass": "pass", "warn": "doubtful", "fail": "fail", "": "–"}
	for _, g := range s.csv("segments.csv") {
		if g["kind"] == "rfm" {
			row := []string{g["label"]}
			for _, c := range []string{"distinct", "stable", "measurable", "reachable", "substantial"} {
				row = append(row, words[g[c]])
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (s *second) falling() (rows [][]string) {
	all := s.csv("tiers_warnings.csv")
	for _, w := range all[:min(20, len(all))] {
		rows = append(rows, []string{w["customer_id"], s.tier(w["tier"]), s.tier(w["falls_to"]), w["due"], w["reason"]})
	}
	return rows
}

func (s *second) losing() (rows [][]string) {
	for _, l := range s.csv("interests_by_segment.csv") {
		rows = append(rows, []string{l["category"], s.labels["rfm/"+l["segment"]], l["regulars"], l["lost"], shownShare(s.num(l["share"]))})
	}
	return rows
}

func (s *second) audits() (rows [][]string) {
	for _, a := range at(s.run, "audit").([]any) {
		f := at(a, "forecast")
		held := "outside"
		if at(f, "held").(bool) {
			held = "within"
		}
		row := []string{at(a, "as_of").(string), commas(number(s.t, at(a, "days")), 0)}
		row = append(row, commas(number(s.t, at(f, "expected_purchases")), 2), commas(number(s.t, at(f, "purchases")), 0))
		for _, k := range []string{"expected_money", "money", "low", "high"} {
			row = append(row, shownMoney(number(s.t, at(f, k))))
		}
		rows = append(rows, append(row, held))
	}
	return rows
}

func (s *second) deciles() (rows [][]string) {
	first := at(s.run, "audit").([]any)[0]
	for i, d := range at(first, "forecast", "deciles").([]any) {
		rows = append(rows, []string{
			strconv.Itoa(i + 1), commas(number(s.t, at(d, "customers")), 0), commas(number(s.t, at(d, "expected_purchases")), 2),
			commas(number(s.t, at(d, "purchases")), 0), shownMoney(number(s.t, at(d, "expected_money"))), shownMoney(number(s.t, at(d, "money"))),
		})
	}
	return rows
}

func (s *second) models() (rows [][]string) {
	for _, m := range at(tree(s.t, s.night.publication, "model.json"), "members").([]any) {
		var params []string
		all := at(m, "params").(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			four, err := strconv.ParseFloat(fmt.Sprintf("%.4g", all[name]), 64)
			require.NoError(s.t, err)
			params = append(params, name+" "+strconv.FormatFloat(four, 'f', -1, 64)) // 61600000 and not 6.16e+07
		}
		rows = append(rows, []string{at(m, "model").(string), shownShare(number(s.t, at(m, "weight"))), strings.Join(params, ", ")})
	}
	return rows
}

func (s *second) backtest() (rows [][]string) {
	for _, b := range at(tree(s.t, s.night.publication, "model.json"), "backtest").([]any) {
		row := []string{at(b, "model").(string)}
		for _, k := range []string{"log_score", "behind", "std_err"} {
			row = append(row, fmt.Sprintf("%.4f", at(b, k)))
		}
		rows = append(rows, row)
	}
	return rows
}

// fates are rows and money by what became of them.
func (s *second) fates() (rows [][]string) {
	places := 2 // as of all amounts of a table, by the largest
	if number(s.t, at(s.run, "money", "read")) >= 100_000 {
		places = 0
	}
	add := func(title string, count any, money any) {
		shown := "–"
		if money != nil {
			shown = commas(number(s.t, money), places)
		}
		rows = append(rows, []string{title, commas(number(s.t, count), 0), shown})
	}
	add("read", at(s.run, "rows", "read"), at(s.run, "money", "read"))
	add("used", at(s.run, "rows", "used"), at(s.run, "money", "used"))
	for _, reason := range s.reasons() {
		add(reasonWords[reason], at(s.run, "rows", "rejected", reason), at(s.run, "money", "rejected", reason))
	}
	return rows
}

// reasons are those of the night, that of most rows first.
func (s *second) reasons() []string {
	all := at(s.run, "rows", "rejected").(map[string]any)
	reasons := slices.Sorted(maps.Keys(all))
	slices.SortStableFunc(reasons, func(a, b string) int { return int(number(s.t, all[b]) - number(s.t, all[a])) })
	return reasons
}

var reasonWords = map[string]string{
	"malformed": "set aside: malformed line", "filtered": "set aside: filtered by where", "no_time": "set aside: no time",
	"time_unreadable": "set aside: time unreadable", "after_as_of": "set aside: after as_of",
	"amount_unreadable": "set aside: amount unreadable", "anonymous": "set aside: no customer (anonymous)",
}

func (s *second) inputs() (rows [][]string) {
	for _, in := range at(s.run, "inputs").([]any) {
		rows = append(rows, []string{at(in, "path").(string), commas(number(s.t, at(in, "rows")), 0), at(in, "sha256").(string)[:12]})
	}
	return rows
}

func (s *second) examples() (rows [][]string) {
	first := map[string]map[string]string{}
	for _, r := range s.csv("rejects.csv") {
		if first[r["reason"]] == nil {
			first[r["reason"]] = r
		}
	}
	for _, reason := range s.reasons() {
		if r := first[reason]; r != nil && len(rows) < 3 {
			rows = append(rows, []string{reasonWords[reason], r["source"], r["line"], shapeOfASCII(r["row"])})
		}
	}
	return rows
}

// shapeOfASCII is the shape of a row whose letters are those of English.
func shapeOfASCII(row string) string {
	shape := strings.Map(func(c rune) rune {
		switch {
		case c >= '0' && c <= '9':
			return '0'
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			return 'a'
		}
		return c
	}, row)
	return strings.Join(strings.Fields(shape), " ")
}
