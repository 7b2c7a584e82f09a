package analytics_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/compare"
)

// A month of nights with campaigns: some are skipped, some are run again, an engine sends
// late and twice and by itself, customers unsubscribe, ids turn out to be one person. Whoever
// reads only the lists, as CSV, finds that nobody is contacted more often than the caps
// allow, and nobody who is not to be contacted.
func TestMonthOfCampaigns(t *testing.T) {
	shop := newCampaignShop(t)
	var nights []string
	for night := range 30 {
		if night%9 == 4 {
			continue // nobody ran the job; the next night catches up
		}
		shop.day = campaignsBegin.AddDate(0, 0, night)
		shop.happen(night)
		published := shop.run()
		rows := shop.lists(published)
		if night%6 == 0 { // the job is run again, by when responses tell of this very list
			shop.engine(rows, 0, false)
			require.Equal(t, rows, shop.lists(shop.run()))
		}
		shop.rows = append(shop.rows, rows...)
		nights = append(nights, published)
		require.Empty(t, shop.violations(published, rows), shop.day)
		shop.engine(rows, shop.random.IntN(3), true)
	}
	require.Greater(t, len(shop.rows), 60, "there is something to count")
	shop.requireDiff(nights[3], nights[len(nights)-1])
	shop.requireHoldoutFoundAgain()
}

var campaignsBegin = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

const campaignJob = `name: shop
sources: [{path: tx.csv, columns: {customer: customer, time: time, amount: amount}}]
identity: {map: ids.csv}
output: {report: false}
clv: {model: mbg-nbd} # one is fitted faster than a blend
activation:
  caps: [{contacts: 2, days: 7}, {channel: sms, contacts: 1, days: 12}]
  holdout: {share: 0.1}
  exclude: suppress.csv
  reach: {sms: "frequency > 2"}
  campaigns:
    - {name: welcome, audience: frequency < 4, channels: [email], offer: hello, starts: 2026-06-01, ends: 2026-07-15, control: 0.3, cost: 0.1}
    - {name: vip, audience: monetary > 200, channels: [sms, email], starts: 2026-06-03, ends: 2026-07-01, control: 0.1, cost: 0.5, budget: 12, priority: 1}
    - {name: recent, audience: recency_days < 20, channels: [email, sms], starts: 2026-06-05, ends: 2026-06-20, cost: 0.2, priority: 2}
    - {name: silent, audience: recency_days > 15, channels: [sms, email], starts: 2026-06-10, ends: 2026-07-20, control: 0, cost: 0.2}
  responses: [{path: responses/*.csv, columns: {customer: id, campaign: campaign, channel: channel, time: ts, event: event}}]
`

// campaignShop is a shop, its engine, and a reader of its lists.
type campaignShop struct {
	*testing.T
	dir    string
	random *rand.Rand
	day    time.Time
	into   map[string]string // ids that are another's, as ids.csv says
	rows   []contactRow      // of all lists
	aside  []contactRow      // that the engine made and no list has
	files  int
}

type contactRow struct{ customer, campaign, channel, from string }

func newCampaignShop(t *testing.T) *campaignShop {
	s := &campaignShop{T: t, dir: t.TempDir(), random: rand.New(rand.NewPCG(7, 7)), into: map[string]string{}}
	require.NoError(t, os.Mkdir(filepath.Join(s.dir, "responses"), 0o700))
	s.write("job.yaml", campaignJob)
	s.write("suppress.csv", "customer_id\nc003\nc017\n")
	s.write("ids.csv", "alias,customer\n")
	s.write("responses/first.csv", "id,campaign,channel,ts,event\n")
	var tx strings.Builder
	tx.WriteString("customer,time,amount\n")
	for i := range 90 {
		gap := 5 + s.random.IntN(60)
		for day := -s.random.IntN(200); day < 30; day += 1 + s.random.IntN(2*gap) {
			fmt.Fprintf(&tx, "c%03d,%s,%d\n", i, campaignsBegin.AddDate(0, 0, day).Format(time.DateOnly), 10+s.random.IntN(90))
		}
	}
	s.write("tx.csv", tx.String())
	return s
}

func (s *campaignShop) write(name, text string) {
	require.NoError(s, os.WriteFile(filepath.Join(s.dir, filepath.FromSlash(name)), []byte(text), 0o600))
}

// happen is what comes out in the shop: two ids are one person.
func (s *campaignShop) happen(night int) {
	if night%3 != 2 {
		return
	}
	alias, customer := fmt.Sprintf("c%03d", 20+night), fmt.Sprintf("c%03d", 50+night)
	s.into[alias] = customer
	lines := []string{"alias,customer"}
	for alias, customer := range s.into {
		lines = append(lines, alias+","+customer)
	}
	slices.Sort(lines)
	s.write("ids.csv", strings.Join(lines, "\n")+"\n")
}

func (s *campaignShop) run(settings ...string) (published string) {
	settings = append(settings, "as_of="+s.day.Format(time.DateOnly), "output.dir="+filepath.Join(s.dir, "out"))
	return publishJob(s.T, filepath.Join(s.dir, "job.yaml"), settings...).Path
}

// requireDiff holds what is said to have changed between two nights against their lists.
func (s *campaignShop) requireDiff(older, newer string) {
	nights := make([]*compare.Publication, 2)
	for i, path := range []string{older, newer} {
		var err error
		nights[i], err = compare.Open(path)
		require.NoError(s, err)
	}
	report, err := compare.Publications(nights[0], nights[1])
	require.NoError(s, err)
	cost := map[string]float64{"welcome": 0.1, "vip": 0.5, "recent": 0.2, "silent": 0.2}
	require.Len(s, report.Campaigns, len(cost)+1)
	for _, c := range report.Campaigns {
		if c.Campaign == "holdout" {
			require.EqualValues(s, len(s.read(filepath.Join(newer, "holdout.csv"))), c.Control.New)
			continue
		}
		var then, now int64
		whom := map[string]bool{}
		for _, row := range s.rows {
			if row.campaign == c.Campaign {
				if now++; row.from <= nights[0].AsOf {
					then++
				} else {
					whom[s.who(row.customer)] = true
				}
			}
		}
		require.Equal(s, compare.Change[int64]{Old: then, New: now}, c.Contacts, c.Campaign)
		require.InDelta(s, cost[c.Campaign]*float64(now), c.Spent.New, 1e-9)
		require.GreaterOrEqual(s, c.Entered, int64(len(whom))-(c.Crossed.New-c.Crossed.Old), "those who are in control have entered too")
		require.Equal(s, s.verdicts(newer)[c.Campaign], c.Verdict.New)
	}
}

// verdicts are those of a night on margins.
func (s *campaignShop) verdicts(published string) map[string]string {
	all := map[string]string{}
	for _, row := range s.read(filepath.Join(published, "lift.csv")) {
		if row["measure"] == "margin" {
			all[row["campaign"]] = row["verdict"]
		}
	}
	return all
}

// requireHoldoutFoundAgain leaves the holdout out of the job for a night: then it holds
// nobody, and on the next night the same customers as before.
func (s *campaignShop) requireHoldoutFoundAgain() {
	held := func(settings ...string) []map[string]string {
		s.day = s.day.AddDate(0, 0, 1)
		return s.read(filepath.Join(s.run(settings...), "holdout.csv"))
	}
	before := held()
	require.NotEmpty(s, before)
	require.Empty(s, held("activation.holdout=off"))
	require.Equal(s, before, held())
}

// lists reads the lists of a night as rows of text.
func (s *campaignShop) lists(published string) (rows []contactRow) {
	files, err := filepath.Glob(filepath.Join(published, "lists", "*.csv"))
	require.NoError(s, err)
	require.Len(s, files, 2)
	for _, file := range files {
		for _, row := range s.read(file) {
			rows = append(rows, contactRow{row["customer_id"], row["campaign"], row["channel"], row["from"]})
		}
	}
	return rows
}

func (s *campaignShop) read(file string) (rows []map[string]string) {
	f, err := os.Open(file)
	require.NoError(s, err)
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	require.NoError(s, err)
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// engine sends what is on lists, so many days late, and says so in one more file. Some are
// sent twice, some messages are of no list, and where it says all, some customers
// unsubscribe.
func (s *campaignShop) engine(rows []contactRow, late int, all bool) {
	s.files++
	file := "id,campaign,channel,ts,event\n"
	add := func(id, campaign, channel, event string, day int) {
		file += strings.Join([]string{id, campaign, channel, s.day.AddDate(0, 0, day).Format(time.DateOnly) + " 10:00:00", event}, ",") + "\n"
	}
	for _, row := range rows {
		add(row.customer, strings.ToUpper(row.campaign), " "+strings.ToUpper(row.channel), "sent", late)
		if s.random.IntN(4) == 0 {
			add(row.customer, row.campaign, row.channel, "sent", late)
		}
		if all && s.random.IntN(12) == 0 {
			add(row.customer, row.campaign, row.channel, "unsubscribed", late)
		}
	}
	aside := contactRow{fmt.Sprintf("c%03d", s.random.IntN(90)), "", "sms", s.day.Format(time.DateOnly)}
	s.aside = append(s.aside, aside)
	add(aside.customer, "", "SMS", "sent", 0)
	s.write("responses/"+strconv.Itoa(s.files)+".csv", file)
}

// violations counts what must not be on a night's lists.
func (s *campaignShop) violations(published string, tonight []contactRow) (found []string) {
	not := map[string]string{s.who("c003"): "excluded", s.who("c017"): "excluded"}
	for _, row := range s.read(filepath.Join(published, "holdout.csv")) {
		not[row["customer_id"]] = "holdout"
	}
	files, err := filepath.Glob(filepath.Join(s.dir, "responses", "*.csv"))
	require.NoError(s, err)
	for _, file := range files {
		for _, row := range s.read(file) {
			if row["event"] == "unsubscribed" && row["ts"] < s.day.Format(time.DateOnly) {
				not[s.who(row["id"])] = "unsubscribed"
			}
		}
	}
	for _, row := range tonight {
		require.Equal(s, s.day.Format(time.DateOnly), row.from)
		if why := not[row.customer]; why != "" {
			found = append(found, why)
		}
		if n := s.count(row, "", 7); n > 2 {
			found = append(found, fmt.Sprint(n, " contacts in 7 days"))
		}
		if n := s.count(row, "sms", 12); row.channel == "sms" && n > 1 {
			found = append(found, fmt.Sprint(n, " sms in 12 days"))
		}
		if n := s.count(row, "", 1); n > 1 {
			found = append(found, "two messages a night")
		}
	}
	return found
}

// count is how many contacts a customer had in the days that end tonight, under all ids that
// are theirs by now.
func (s *campaignShop) count(of contactRow, channel string, days int) (count int) {
	begins := s.day.AddDate(0, 0, 1-days).Format(time.DateOnly)
	for _, row := range s.rows {
		if s.who(row.customer) == of.customer && row.from >= begins && (channel == "" || row.channel == channel) {
			count++
		}
	}
	for _, row := range s.aside { // what was sent before tonight
		if s.who(row.customer) == of.customer && row.from >= begins && row.from < of.from && (channel == "" || row.channel == channel) {
			count++
		}
	}
	return count
}

// who is the id of tonight.
func (s *campaignShop) who(id string) string {
	if customer, merged := s.into[id]; merged {
		return customer
	}
	return id
}
