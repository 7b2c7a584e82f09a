package report_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sources are the last six months of revenue_sources.csv, and the sums of all. The shop maps
// neither referrers nor list prices.
func (s *second) sources() [][]string {
	columns := []string{"initial", "repeat", "incremental", "cross", "returned", "net"}
	sums := map[string]float64{}
	for _, r := range s.csv("revenue_sources.csv") {
		for _, c := range columns {
			sums[c] += s.num(r[c])
		}
	}
	if sums["cross"] == 0 {
		columns = []string{"initial", "repeat", "incremental", "returned", "net"}
	}
	months := s.csv("revenue_sources.csv")
	var rows [][]string
	for _, r := range months[max(0, len(months)-6):] {
		row := []string{r["month"]}
		for _, c := range columns {
			row = append(row, shownMoney(s.num(r[c])))
		}
		rows = append(rows, row)
	}
	all := []string{"all months"}
	for _, c := range columns {
		all = append(all, shownMoney(sums[c]))
	}
	return append(rows, all)
}

// retention are the years and the last four quarters of retention.csv.
func (s *second) retention() [][]string {
	var years, quarters [][]string
	for _, r := range s.csv("retention.csv") {
		period := r["period"]
		row := []string{period}
		for _, c := range []string{"active", "retained", "churned", "resurrected", "new"} {
			row = append(row, commas(s.num(r[c]), 0))
		}
		row = append(row, shownMoney(s.num(r["revenue"])))
		for _, c := range []string{"net_retention", "gross_retention", "repeat_rate", "former_share"} {
			if share := "–"; r[c] == "" {
				row = append(row, share)
			} else {
				row = append(row, shownShare(s.num(r[c])))
			}
		}
		switch r["unit"] {
		case "year":
			if r["from"] != period+"-01-01" || r["until"] != period+"-12-31" {
				row[0] = period + ", " + r["from"] + " to " + r["until"]
			}
			years = append(years, row)
		case "quarter":
			bounds := map[string][2]string{"Q1": {"-01-01", "-03-31"}, "Q2": {"-04-01", "-06-30"}, "Q3": {"-07-01", "-09-30"}, "Q4": {"-10-01", "-12-31"}}
			year, name, _ := strings.Cut(period, "-")
			if r["from"] != year+bounds[name][0] || r["until"] != year+bounds[name][1] {
				row[0] = period + ", " + r["from"] + " to " + r["until"]
			}
			quarters = append(quarters, row)
		}
	}
	return append(years, quarters[max(0, len(quarters)-4):]...)
}

// The page says what keeping a customer costs beside winning one, where the job does.
func TestKeepingIsTold(t *testing.T) {
	n := bundledShop(t).second
	s := secondReading(t, n)
	k, ok := at(s.run, "revenue", "keeping").(map[string]any)
	require.True(t, ok)
	want := "Winning a customer cost " + shownMoney(number(t, k["winning"])) + " over the last year, serving and keeping one " + shownMoney(number(t, k["serving"])) + ": " + commas(number(t, k["ratio"]), 2) + " to one."
	require.Contains(t, strings.Join(readPage(t, n.page).prose, "\n"), want)
}

// payback is when each month's customers have paid back, of the months in which winning
// customers cost anything.
func (s *second) payback() (rows [][]string) {
	for _, r := range s.csv("cohorts.csv") {
		if r["kind"] != "month" || s.num(r["acquisition"]) == 0 {
			continue
		}
		latest := r["payback_high"]
		if latest == "" {
			latest = "later"
		}
		paid := map[string]string{
			"": "–", "seen": r["payback_month"], "never": "not within 36 months",
			"forecast": r["payback_month"] + " expected (" + r["payback_low"] + " to " + latest + ")",
		}[r["payback"]]
		rows = append(rows, []string{
			r["month"], commas(s.num(r["customers"]), 0), shownMoney(s.num(r["acquisition"])), shownMoney(s.num(r["margin"])),
			shownMoney(s.num(r["future_value"])), commas(s.num(r["ltv_over_cac"]), 1), paid,
		})
	}
	return rows[max(0, len(rows)-24):]
}
