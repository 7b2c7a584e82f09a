package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/report"
)

// contacting is what makes the bundled shop contact its customers: a campaign that has ended,
// one that still runs and shares customers with it, one without control and one with less
// money than it needs.
const contacting = `activation={holdout: {share: 0.1}, caps: [{contacts: 2, days: 40}], campaigns: [
  {name: hello, audience: "recency_days < 200", channels: [email], starts: 2026-05-01, ends: 2026-06-20, cost: 0.5, priority: 1},
  {name: coffee, audience: "monetary > 50", channels: [sms, email], starts: 2026-05-20, ends: 2026-08-01, cost: 0.2, control: 0.3},
  {name: quiet, audience: "recency_days > 100", channels: [post], starts: 2026-05-01, ends: 2026-06-30, cost: 1, control: 0},
  {name: late, audience: "frequency > 1", channels: [sms], starts: 2026-06-15, ends: 2026-09-01, cost: 1, budget: 12}]}`

var contactingShop = sync.OnceValues(func() (*shop, error) { return publishShop("shop.yaml", "2026-05-31", "2026-06-30", contacting) })

// campaignShop is made once, when a test first asks for it.
func campaignShop(t *testing.T) *shop {
	t.Helper()
	if testing.Short() {
		t.Skip("publishes three nights")
	}
	s, err := contactingShop()
	require.NoError(t, err)
	return s
}

// campaigns are the rows that the tables about campaigns should have.
func (s *second) campaigns() map[string][][]string {
	tables := map[string][][]string{"contacts": s.contacts(), "campaigns-tonight": s.tonight()}
	for id, rows := range map[string][][]string{"effects": s.effects(), "arms": s.arms(), "trials": s.trials(), "left-out": s.leftOut()} {
		if len(rows) > 0 {
			tables[id] = rows
		}
	}
	return tables
}

var (
	measureWords = map[string]string{"margin": "margin", "purchases": "purchases", "buyers": "buyers"}
	verdictWords = map[string]string{
		"running": "still running", "too_small": "too small to tell", "positive": "works", "negative": "does harm",
		"void": "void: arms do not compare", "described": "nothing to compare with",
	}
	leftOutWords = map[string]string{
		"no_consent": "no consent", "holdout": "held out", "control": "in control", "contacted": "the campaign has contacted them",
		"returned": "contacted before, and back in the audience", "cap": "as many contacts as the caps allow",
		"other_campaign": "another campaign contacts them tonight", "budget": "the budget goes to others, or the contact would not bring its cost",
	}
)

func campaignWords(name string) string {
	if name == "holdout" {
		return "all campaigns (holdout)"
	}
	return name
}

// or writes a number, and a dash where the cell is empty.
func (s *second) or(cell string, write func(float64) string) string {
	if cell == "" {
		return "–"
	}
	return write(s.num(cell))
}

func whole(v float64) string { return commas(v, 0) }

// perCustomer writes means and effects of a row of lift.csv.
func (s *second) perCustomer(l map[string]string, names ...string) (cells []string) {
	write := map[string]func(float64) string{
		"margin":    func(v float64) string { return commas(v, 2) },
		"purchases": func(v float64) string { return commas(v, 3) },
		"buyers":    func(v float64) string { return commas(100*v, 1) + "%" },
	}[l["measure"]]
	for _, name := range names {
		cells = append(cells, s.or(l[name], write))
	}
	return cells
}

func (s *second) effects() (rows [][]string) {
	for _, l := range s.csv("lift.csv") {
		needed, total := "–", func(v float64) string { return commas(v, 1) }
		if l["verdict"] == "too_small" {
			needed = s.or(l["needed"], whole)
		}
		if l["measure"] == "margin" {
			total = shownMoney
		}
		row := append([]string{campaignWords(l["campaign"]), measureWords[l["measure"]], verdictWords[l["verdict"]]}, s.perCustomer(l, "effect_cuped", "low_cuped", "high_cuped")...)
		rows = append(rows, append(row, s.or(l["total"], total), needed))
	}
	return rows
}

func (s *second) arms() (rows [][]string) {
	for _, l := range s.csv("lift.csv") {
		row := []string{campaignWords(l["campaign"]), measureWords[l["measure"]], whole(s.num(l["customers_treated"])), whole(s.num(l["customers_control"]))}
		rows = append(rows, append(row, s.perCustomer(l, "treated", "control", "effect", "low", "high")...))
	}
	return rows
}

func (s *second) trials() (rows [][]string) {
	p := func(v float64) string {
		if v < 0.0001 {
			return "<0.0001"
		}
		return commas(v, 4)
	}
	for _, l := range s.csv("lift.csv") {
		if l["measure"] != "margin" {
			continue
		}
		others := "–"
		if l["overlaps"] != "" {
			others = strings.ReplaceAll(l["overlaps"], ";", ", ")
		}
		rows = append(rows, []string{
			campaignWords(l["campaign"]), whole(s.num(l["contacts"])), shownMoney(s.num(l["cost"])), s.or(l["return_per_cost"], func(v float64) string { return commas(v, 2) }),
			s.or(l["sample_ratio_p"], p), s.or(l["balance_p"], p), whole(s.num(l["crossed"])), whole(s.num(l["overlapping"])), others,
		})
	}
	return rows
}

// contacts counts the rows of the lists.
func (s *second) contacts() (rows [][]string) {
	files, err := filepath.Glob(filepath.Join(s.night.publication, "lists", "*.csv"))
	require.NoError(s.t, err)
	slices.Sort(files)
	for _, file := range files {
		channel := filepath.Base(file[:len(file)-len(".csv")])
		rows = append(rows, []string{channel, whole(float64(len(s.csv(filepath.Join("lists", channel+".csv")))))})
	}
	return rows
}

func (s *second) tonight() (rows [][]string) {
	for _, c := range at(s.run, "activation", "tonight").([]any) {
		row := []string{at(c, "campaign").(string)}
		for _, key := range []string{"audience", "contacts", "control"} {
			row = append(row, whole(number(s.t, at(c, key))))
		}
		for _, key := range []string{"cost", "spent", "left", "expected"} {
			if at(c, key) == nil {
				row = append(row, "–")
			} else {
				row = append(row, shownMoney(number(s.t, at(c, key))))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func (s *second) leftOut() (rows [][]string) {
	for _, r := range s.csv("suppressed.csv") {
		rows = append(rows, []string{r["campaign"], leftOutWords[r["reason"]], whole(s.num(r["customers"]))})
	}
	return rows
}

// TestCampaignsSayWhatTheFilesSay holds the sentences of the section against the files.
func TestCampaignsSayWhatTheFilesSay(t *testing.T) {
	n := campaignShop(t).second
	s, p := secondReading(t, n), readPage(t, n.page)
	require.Contains(t, p.prose, "Campaigns")
	require.Contains(t, p.prose, fmt.Sprintf("%d customers are held out since 2026-05-31: nobody contacts them, so that it can be measured what all contacts together bring.", len(s.csv("holdout.csv"))))
	first := readPage(t, campaignShop(t).first.page)
	require.Contains(t, first.prose, "Nobody was drawn before tonight, so that there is no effect to show yet.")
	require.Nil(t, first.tables["effects"])
}

// TestPageWithoutCampaigns has no word of them.
func TestPageWithoutCampaigns(t *testing.T) {
	require.Contains(t, string(campaignShop(t).second.page), `id="campaigns"`)
	for _, n := range []*night{bundledShop(t).first, bundledShop(t).second} {
		require.NotContains(t, string(n.page), "ampaign")
	}
}

// TestVerdictsAndAlarms gives a night other effects than it had: one of each verdict, and
// arms that do not compare.
func TestVerdictsAndAlarms(t *testing.T) {
	n := changedLift(t, campaignShop(t).second, func(row int, cell map[string]string) {
		cell["verdict"] = []string{"positive", "negative", "void", "described", "too_small", "running"}[row%6]
		cell["sample_ratio_p"], cell["balance_p"] = []string{"0.00000002", "0.4"}[row/3%2], "0.0312"
		cell["treated"], cell["needed"] = "-1234.5678", "1234567"
		cell["overlaps"], cell["overlapping"] = "late;quiet", "1017"
	})
	s, p := secondReading(t, n), readPage(t, n.page)
	require.Equal(t, s.effects(), p.tables["effects"][1:])
	require.Equal(t, s.arms(), p.tables["arms"][1:])
	require.Equal(t, s.trials(), p.tables["trials"][1:])
	require.Contains(t, string(n.page), `<span class="verdict pass">works</span>`)
	require.Contains(t, string(n.page), `<span class="verdict fail">does harm</span>`)
	require.Contains(t, string(n.page), `<span class="verdict fail">&lt;0.0001</span>`)
	l := s.csv("lift.csv")[0]
	require.Contains(t, p.prose, fmt.Sprintf("%s: its arms are not of the sizes that were drawn (%s treated, %s in control). Find out who is missing before you believe any number of it.",
		l["campaign"], whole(s.num(l["customers_treated"])), whole(s.num(l["customers_control"]))))
	require.Contains(t, p.prose, l["campaign"]+": 1,017 of its customers were contacted by others in the same days (late, quiet). Its effect is that of one contact more.")
	require.Contains(t, p.prose, l["campaign"]+": on the night of the draw the forecasts of its arms differed as much as they do by chance in 0.0312 of draws. "+
		"Of many campaigns a few look so by chance alone; the effect with CUPED takes the difference out.")
}

// changedLift is a night whose lift.csv was changed, with the sum of what it is now.
func changedLift(t *testing.T, n *night, change func(row int, cell map[string]string)) *night {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(n.publication)))
	file := filepath.Join(dir, "lift.csv")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	for i, row := range all[1:] {
		cell := map[string]string{}
		for k, name := range all[0] {
			cell[name] = row[k]
		}
		change(i, cell)
		for k, name := range all[0] {
			row[k] = cell[name]
		}
	}
	var changed, page bytes.Buffer
	require.NoError(t, csv.NewWriter(&changed).WriteAll(all))
	require.NoError(t, os.WriteFile(file, changed.Bytes(), 0o666))
	p, err := publication.Open(dir)
	require.NoError(t, err)
	for i := range p.Files {
		if p.Files[i].Path == "lift.csv" {
			p.Files[i].SHA256, p.Files[i].Bytes = fmt.Sprintf("%x", sha256.Sum256(changed.Bytes())), int64(changed.Len())
		}
	}
	require.NoError(t, report.Write(&page, p, nil, report.Options{}))
	return &night{publication: dir, before: n.before, page: page.Bytes()}
}
