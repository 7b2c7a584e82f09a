package analytics_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
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
	"clientele/analytics/publication"
)

// A month of nights with campaigns: some are skipped, some are run again, an engine sends
// late and twice and by itself, customers unsubscribe, ids turn out to be one person. Whoever
// reads only the lists, as CSV, finds that nobody is contacted more often than the caps
// allow, and nobody who is not to be contacted.
func TestMonthOfCampaigns(t *testing.T) { campaignNights(newCampaignShop(t, false), 30) }

// The same of accounts at the top, which come to stand below each other and part again: lists
// name no member, and what a member was sent, asked for or is excluded by binds its account.
func TestCampaignsOfAccounts(t *testing.T) { campaignNights(newCampaignShop(t, true), 20) }

func campaignNights(shop *campaignShop, days int) {
	t := shop.T
	var nights []string
	for night := range days {
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
		shop.requireSpent(published)
		shop.requireArms(published, rows)
		shop.engine(rows, shop.random.IntN(3), true)
	}
	require.Greater(t, len(shop.rows), 60, "there is something to count")
	require.Positive(t, shop.crossed, "of those who turned out to be one person some were in both arms")
	shop.requireDiff(nights[3], nights[len(nights)-1])
	shop.requireHoldoutFoundAgain()
}

var campaignsBegin = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

const campaignJob = `name: shop
sources: [{path: tx.csv, columns: {customer: customer, time: time, amount: amount}}]
identity: {map: ids.csv}
output: {report: false}
clv: {model: nbd} # the fastest
stages: off
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

// accountsJob is the same of accounts: ids that are another's stand below it.
var accountsJob = strings.NewReplacer("amount: amount}", "amount: amount, parent: account}", "identity: {map: ids.csv}", "hierarchy: {level: top}").Replace(campaignJob)

// campaignShop is a shop, its engine, and a reader of its lists.
type campaignShop struct {
	*testing.T
	accounts bool
	sales    [][]string // customer, time and amount
	dir      string
	random   *rand.Rand
	day      time.Time
	into     map[string]string // ids that are another's, as ids.csv says
	rows     []contactRow      // of all lists
	aside    []contactRow      // that the engine made and no list has
	files    int
	crossed  int // customers of both arms of a campaign, at most
}

// contactRow is a contact. persons are the ids that were the customer's when it was planned, and
// owner is whose it is: it moves when the customer's id turns out to be another's, and stays
// with that one when they are parted.
type contactRow struct{ customer, campaign, channel, from, persons, owner string }

// isOf tells whether a contact was made to a customer of tonight, or to a person from whom
// the customer has been parted since.
func (s *campaignShop) isOf(row contactRow, customer string) bool {
	return slices.ContainsFunc(strings.Fields(row.persons), func(id string) bool { return s.who(id) == customer })
}

// persons are the ids of a customer of tonight.
func (s *campaignShop) persons(customer string) string {
	ids := []string{customer}
	for alias, of := range s.into {
		if of == customer {
			ids = append(ids, alias)
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func newCampaignShop(t *testing.T, accounts bool) *campaignShop {
	s := &campaignShop{T: t, accounts: accounts, dir: t.TempDir(), random: rand.New(rand.NewPCG(7, 7)), into: map[string]string{}}
	require.NoError(t, os.Mkdir(filepath.Join(s.dir, "responses"), 0o700))
	s.write("job.yaml", campaignJob)
	if accounts {
		s.write("job.yaml", accountsJob)
	}
	s.write("suppress.csv", "customer_id\n"+strings.Join(excluded, "\n")+"\n")
	s.write("ids.csv", "alias,customer\n")
	s.write("responses/first.csv", "id,campaign,channel,ts,event\n")
	for i := range 90 {
		gap := 5 + s.random.IntN(60)
		for day := -s.random.IntN(200); day < 30; day += 1 + s.random.IntN(2*gap) {
			s.sales = append(s.sales, []string{fmt.Sprintf("c%03d", i), campaignsBegin.AddDate(0, 0, day).Format(time.DateOnly), strconv.Itoa(10 + s.random.IntN(90))})
		}
	}
	s.tellWhoIsWhose()
	return s
}

// excluded are those of suppress.csv. The last of them comes to be another's.
var excluded = []string{"c003", "c017", "c028"}

// tellWhoIsWhose writes the exports, as it is known by now which ids are another's, or which
// accounts stand below which.
func (s *campaignShop) tellWhoIsWhose() {
	lines := []string{"alias,customer"}
	for alias, customer := range s.into {
		lines = append(lines, alias+","+customer)
	}
	slices.Sort(lines)
	s.write("ids.csv", strings.Join(lines, "\n")+"\n")
	var tx strings.Builder
	tx.WriteString("customer,time,amount,account\n")
	for _, sale := range s.sales {
		fmt.Fprintf(&tx, "%s,%s\n", strings.Join(sale, ","), s.into[sale[0]])
	}
	s.write("tx.csv", tx.String())
}

func (s *campaignShop) write(name, text string) {
	require.NoError(s, os.WriteFile(filepath.Join(s.dir, filepath.FromSlash(name)), []byte(text), 0o600))
}

// happen is what comes out in the shop: two ids are one person, others that were taken for
// one are two, and of these some are one after all.
func (s *campaignShop) happen(night int) {
	alias := func(night int) string { return fmt.Sprintf("c%03d", 20+night) }
	switch {
	case night%3 == 2:
		s.into[alias(night)] = fmt.Sprintf("c%03d", 50+night)
	case night%3 == 0 && night > 10:
		delete(s.into, alias(night-7))
	case night%3 == 1 && night > 15:
		s.into[alias(night-11)] = fmt.Sprintf("c%03d", 50+night-11)
	}
	for i, row := range s.rows {
		s.rows[i].owner = s.who(row.owner)
	}
	s.tellWhoIsWhose()
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
	require.Len(s, report.Campaigns, len(costs)+1)
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
		require.InDelta(s, costs[c.Campaign]*float64(now), c.Spent.New, 1e-9)
		require.GreaterOrEqual(s, c.Entered, int64(len(whom))-(c.Crossed.New-c.Crossed.Old), "those who are in control have entered too")
		require.Equal(s, s.verdicts(newer)[c.Campaign], c.Verdict.New)
	}
}

// requireSpent holds the money that a night says was spent against the rows of all lists.
func (s *campaignShop) requireSpent(published string) {
	night, err := publication.Open(published)
	require.NoError(s, err)
	for _, c := range night.Activation.Tonight {
		rows := 0
		for _, row := range s.rows {
			if row.campaign == c.Campaign {
				rows++
			}
		}
		require.InDelta(s, costs[c.Campaign]*float64(rows), c.Spent, 1e-9, c.Campaign)
	}
}

// costs are those of a contact, as the job has them.
var costs = map[string]float64{"welcome": 0.1, "vip": 0.5, "recent": 0.2, "silent": 0.2}

// controls are the shares of control, as the job has them or by default.
var controls = map[string]float64{"welcome": 0.3, "vip": 0.1, "recent": 0.2, "silent": 0}

// requireArms draws the arms of a night's list again, and holds the treated of lift.csv against
// those whom the lists before it had.
func (s *campaignShop) requireArms(published string, tonight []contactRow) {
	for _, row := range tonight {
		code := hmac.New(sha256.New, []byte("shop"))
		code.Write([]byte(row.campaign + "\x00" + row.customer))
		require.GreaterOrEqual(s, float64(binary.BigEndian.Uint64(code.Sum(nil))>>11)/(1<<53), controls[row.campaign])
	}
	listed := map[string]map[string]bool{}
	for _, row := range s.rows {
		if row.from < s.day.Format(time.DateOnly) {
			if listed[row.campaign] == nil {
				listed[row.campaign] = map[string]bool{}
			}
			listed[row.campaign][row.owner] = true
		}
	}
	for _, row := range s.read(filepath.Join(published, "lift.csv")) {
		if row["measure"] != "margin" || row["campaign"] == "holdout" {
			continue
		}
		treated, err := strconv.Atoi(row["customers_treated"])
		require.NoError(s, err)
		crossed, err := strconv.Atoi(row["crossed"])
		require.NoError(s, err)
		require.Equal(s, len(listed[row["campaign"]]), treated+crossed, "%s, %s", row["campaign"], s.day.Format(time.DateOnly))
		s.crossed = max(s.crossed, crossed)
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
			rows = append(rows, contactRow{row["customer_id"], row["campaign"], row["channel"], row["from"], s.persons(row["customer_id"]), row["customer_id"]})
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
	aside := contactRow{fmt.Sprintf("c%03d", s.random.IntN(90)), "", "sms", s.day.Format(time.DateOnly), "", ""}
	s.aside = append(s.aside, aside)
	add(aside.customer, "", "SMS", "sent", 0)
	s.write("responses/"+strconv.Itoa(s.files)+".csv", file)
}

// violations counts what must not be on a night's lists.
func (s *campaignShop) violations(published string, tonight []contactRow) (found []string) {
	not := map[string]string{}
	for _, id := range excluded {
		not[s.who(id)] = "excluded"
	}
	for member := range s.into { // of accounts: they are no customers
		not[member] = "another's"
	}
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
		if s.isOf(row, of.customer) && row.from >= begins && (channel == "" || row.channel == channel) {
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
