package analytics_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// Every value that the pages of docs and the error texts of the job
// file name for a key is run here, as many in one night as go together. They are read from there: a value that is
// added to a document is tried without a change to this file, and a key that no
// document names fails.
func TestDocumentedValues(t *testing.T) {
	dir := documentedShop(t)
	s := readSchema(t, dir)
	var all claims
	all.addDocuments(t, s, filepath.Join("..", "docs"))
	all.addErrorTexts(s)
	require.Greater(t, len(all.list), 100, "as many as there were when this was written; are the documents still read?")

	t.Run("keys", func(t *testing.T) {
		for _, key := range s.keys {
			require.True(t, all.names(key), "no document names the key %s; name it in docs/job-file.md, in the row for it or for a key above it, or in a page that the row links to", key)
		}
	})
	for _, c := range all.list {
		t.Run(c.key+"="+c.value, func(t *testing.T) {
			_, err := s.settle(s.settings(t, c))
			require.NoError(t, err, "%s names %s: %s", c.where, c.key, c.value)
		})
	}
	for i, together := range s.nightsOf(t, all.list) {
		t.Run(fmt.Sprintf("night %d", i), func(t *testing.T) {
			t.Parallel()
			if s.try(t, together, fmt.Sprintf("shop-%d", i)) == nil {
				return
			}
			// Not all of these go together: each has to do by itself.
			for k, c := range together {
				err := s.try(t, []claim{c}, fmt.Sprintf("shop-%d-%d", i, k))
				if data, ok := errors.AsType[*ledger.DataError](err); ok && strings.HasPrefix(c.key, "sources") {
					// How an export is written can be said in one way only that is true of it.
					require.NotEmpty(t, data.Message)
					continue
				}
				require.NoError(t, err, "%s names %s: %s", c.where, c.key, c.value)
			}
		})
	}
}

// nightsOf puts claims together that one night can show: they are of different sections,
// and the job file takes all of them.
func (s *schema) nightsOf(t *testing.T, list []claim) (nights [][]claim) {
	for _, c := range list {
		at := slices.IndexFunc(nights, func(together []claim) bool {
			if slices.ContainsFunc(together, func(other claim) bool { return c.alone() || other.alone() || c.meets(other) }) {
				return false
			}
			_, err := s.settle(s.settings(t, append(slices.Clone(together), c)...))
			return err == nil
		})
		if at < 0 {
			nights, at = append(nights, nil), len(nights)
		}
		nights[at] = append(nights[at], c)
	}
	return nights
}

// claim is a value that a document names for a key.
type claim struct {
	key   string // sources.0.format
	value string // as --set takes it
	where string // the document
}

// ofLevel is what a key of a level of tiers is about.
var ofLevel = regexp.MustCompile(`^tiers\.levels\.0\.[a-z]+`)

// section is the part of the job file that a claim is about. What levels ask for are
// parts of their own.
func (c claim) section() string {
	if level := ofLevel.FindString(c.key); level != "" {
		return level
	}
	first, _, _ := strings.Cut(c.key, ".")
	return first
}

// meets tells whether two claims are about the same section, or one is about a key above
// that of the other.
func (c claim) meets(other claim) bool {
	return c.section() == other.section() || strings.HasPrefix(other.key, c.key+".") || strings.HasPrefix(c.key, other.key+".")
}

// alone tells whether nothing else would be shown in a night with the value: it may make
// a night fail, or leaves out what other values are about.
func (c claim) alone() bool {
	return strings.HasPrefix(c.key, "sources") || c.key == "as_of" || c.value == "off"
}

// settings are those that set the values and what they need beside them.
func (s *schema) settings(t *testing.T, together ...claim) (all []string) {
	for _, c := range together {
		all = append(all, s.settingsOf(t, c)...)
	}
	return all
}

func (s *schema) settingsOf(t *testing.T, c claim) []string {
	settings := []string{c.key + "=" + c.value}
	if export := "shop." + c.value; c.key == "sources.0.format" {
		require.FileExists(t, filepath.Join(s.dir, export), "an export to try %s on", c.value)
		settings = append(settings, "sources.0.path="+export)
	}
	if c.key == "activation.responses.0.format" { // the same exports, as if somebody had been sent each row
		settings = append(settings, "activation.responses.0.path=shop."+c.value, "activation.responses.0.columns={customer: id, time: day, event: \"'sent'\"}")
	}
	if strings.HasPrefix(c.key, "hierarchy") { // nobody stands above another in the job's exports
		settings = append(settings, "sources.0.columns.parent=referrer")
	}
	if name, is := strings.CutPrefix(c.key, "feeds.0."); is && name != "shape" { // the job has no feeds
		settings = []string{"feeds=[{shape: csv, " + name + ": " + c.value + "}]"}
	}
	return settings
}

// try runs the job with values, beside what error texts say that they go with.
func (s *schema) try(t *testing.T, together []claim, name string) error {
	j, err := s.settle(s.settings(t, together...))
	if err != nil {
		return err
	}
	j.Name = name
	_, err = runSafely(t, j)
	return err
}

func runSafely(t *testing.T, j *job.Job) (r *analytics.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return analytics.Run(t.Context(), j, analytics.Options{Threads: 1, SpillDir: t.TempDir()})
}

// Error texts name a setting that another goes with, or show one that is missing.
var (
	advice  = regexp.MustCompile(`(?:works only with|needs|give|write) ([a-z_]+): ([A-Za-z0-9-]+)`)
	example = regexp.MustCompile(`^missing; give .* such as (\{.*\}|\.[a-z-]+)$`)
	another = regexp.MustCompile(`needs ([a-z0-9_.]+) such as (\{[^}]*\}|[a-z]+)`)
)

// settle reads the job with settings on top and follows what the error texts
// advise to add.
func (s *schema) settle(settings []string) (*job.Job, error) {
	for {
		j, err := s.parse(settings...)
		wrong, _ := errors.AsType[job.Errors](err)
		var more []string
		for _, v := range wrong {
			add := ""
			if m := advice.FindStringSubmatch(v.Message); m != nil {
				add = above(v.Key) + m[1] + "=" + m[2]
			} else if m := example.FindStringSubmatch(v.Message); m != nil {
				add = v.Key + "=" + m[1]
			} else if m := another.FindStringSubmatch(v.Message); m != nil {
				add = m[1] + "=" + m[2]
			}
			if add != "" && !slices.Contains(settings, add) {
				more = append(more, add)
			}
		}
		if err == nil || len(more) == 0 {
			return j, err
		}
		settings = append(slices.Clone(settings), more...)
	}
}

func (s *schema) parse(settings ...string) (*job.Job, error) {
	return job.Parse(filepath.Join(s.dir, "job.yaml"), []byte(documentedJob), settings, time.Now)
}

// above is the path above a key, with its dot.
func above(key string) string { return key[:strings.LastIndex(key, ".")+1] }

// documentedJob has every section, so that a value of any has its effect.
const documentedJob = `name: shop
as_of: 2011-12-10
sources:
  - path: shop.csv
    columns:
      {customer: id, order: no, time: day, amount: amount, cost: cost, category: category, product: product, channel: channel,
       region: region, quantity: quantity, referrer: referrer, attributes: {points: points, has_email: email, email: email}}
clv: {model: nbd}
tiers:
  levels:
    - {name: silver, qualify: {spend: 20}, limit: {share: 0.9}}
    - {name: gold, qualify: {spend: 100}}
activation:
  caps: [{contacts: 2, days: 7}]
  holdout: {share: 0.1}
  campaigns: [{name: hello, audience: orders > 2, channels: [email, sms], starts: 2026-11-01, ends: 2026-12-31, cost: 0.5, budget: 100}]
  responses: [{path: responses.csv, columns: {customer: id, campaign: campaign, channel: channel, time: day, event: event}}]
`

// documentedOrders are orders with their items, as a document.
const documentedOrders = `{"orders": [
  {"id": 1, "created_at": "2011-01-02T10:00:00Z", "customer": {"id": 7}, "line_items": [{"price": "9.50", "quantity": 2}, {"price": "1.00", "quantity": 1}]},
  {"id": 2, "created_at": "2011-03-02T10:00:00Z", "customer": {"id": 8}, "line_items": [{"price": "20.00", "quantity": 1}]},
  {"id": 3, "created_at": "2011-09-02T10:00:00Z", "customer": {"id": 7}, "line_items": [{"price": "5.00", "quantity": 1}]}
]}`

// documentedLines are orders that name their customer on the first of their lines.
const documentedLines = `Name,Email,Financial Status,Created at,Lineitem name,Lineitem price
#1001,ann@example.com,paid,2011-01-05,Mug,12.00
#1001,,,,Plate,18.00
#1002,bob@example.com,paid,2011-03-06,Plate,18.00
#1003,ann@example.com,paid,2011-09-07,Mug,12.00
#1003,,,,Mug,12.00
`

// documentedShop is a folder with the same small export in each format, and a
// file for each that documents name.
func documentedShop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	names := []string{"id", "no", "day", "amount", "cost", "category", "product", "channel", "region", "quantity", "referrer", "points", "email", "agreed", "origin", "column", "currency", "Created at", "Date", "Time", "Status"}
	cells := make([][]string, len(names))
	for customer := range 40 {
		for order := range 2 + customer%6 {
			day := time.Date(2011, 12, 9, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -((customer*7 + order*(23+customer%5)) % 370))
			for c, cell := range []string{
				fmt.Sprintf("c%02d", customer), fmt.Sprintf("%d-%d", customer, order), day.Format(time.DateOnly),
				fmt.Sprintf("%d.50", 5+(customer*13+order*7)%40), "2", fmt.Sprintf("cat%d", (customer+order)%3),
				fmt.Sprintf("p%d", (customer+order)%7), "web", fmt.Sprintf("r%d", customer%2), "1", "", strconv.Itoa(10 * order), fmt.Sprintf("%d@x.example", customer*9/10), []string{"yes", "no"}[customer%2], "web", "x",
				"EUR", day.Format(time.DateTime), day.Format("2006/01/02"), "10:30", "paid",
			} {
				cells[c] = append(cells[c], cell)
			}
		}
	}
	writeExports(t, dir, "shop", names, cells)
	for name, text := range map[string]string{
		"pins.csv":      "customer_id,tier,until\nc01,gold,2012-06-30\n",
		"customers.csv": "id,city,consent\nc01,Rio,yes\nc02,Kiel,no\n",
		"orders.json":   documentedOrders,
		"orders.csv":    documentedLines,
		"german.csv":    "id;day;amount\na;2011-01-05;1.250\nb;2011-03-06;2.000\na;2011-09-07;1.250\n",
		"rates.csv":     "currency,rate\nUSD,0.9\n",
		"cities.csv":    "name,country\nRio,Brazil\nKiel,Germany\n",
		"ids.csv":       "alias,customer\nc01,c02\n",
		"responses.csv": "id,campaign,channel,day,at,event\nc03,hello,email,2011-12-02,2011-12-02 10:00:00,sent\n",
		"suppress.csv":  "customer_id\nc03\n",
		"sales.csv":     "id,day,amount,brought_by,belongs_to\na,2011-01-05,40,,b\na,2011-03-20,40,,b\nb,2011-04-12,60,a,\nb,2011-11-01,20,a,\n",
		"spend.csv":     "month,channel,amount\n2011-11,web,30\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}
