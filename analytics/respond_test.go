package analytics_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/publication"
)

// accounts are the CSV files that name customers and are no lists to contact anybody by.
var accounts = []string{"customers.csv", "identity.csv", "tiers_delta.csv", "rejects.csv", "all_returned.csv"}

// namedIn are the files of a publication that name a customer and are no accounts.
func namedIn(t *testing.T, path, customer string) (files []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		if d.IsDir() || !strings.HasSuffix(file, ".csv") {
			return nil
		}
		if slices.Contains(accounts, d.Name()) {
			return nil
		}
		f, err := os.Open(file)
		require.NoError(t, err)
		defer func() { require.NoError(t, f.Close()) }()
		rows, err := csv.NewReader(f).ReadAll()
		require.NoError(t, err)
		for _, row := range rows {
			if slices.Contains(row, customer) {
				files = append(files, d.Name())
				return nil
			}
		}
		return nil
	}))
	return files
}

// slippingShop is a shop whose customers bought often and have stopped, so that the lists
// name them.
func slippingShop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("id,no,day,amount,category\n")
	for c := range 40 {
		for k := range 12 {
			day := time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -7*k-c%5)
			fmt.Fprintf(&rows, "c%02d,%d-%d,%s,%d.50,cat%d\n", c, c, k, day.Format(time.DateOnly), 5+(c*13+k*7)%40, k%2)
		}
		if c%3 == 0 {
			fmt.Fprintf(&rows, "c%02d,%d-x,2026-01-20,9,cat1\n", c, c)
		}
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "orders.csv"), []byte(rows.String()), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ids.csv"), []byte("alias,customer\nc04,c10\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "suppress.csv"), []byte("customer_id\nC12\nstranger\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop.yaml"), []byte(`name: shop
as_of: 2026-02-01
sources: [{path: orders.csv, columns: {customer: id, order: no, time: day, amount: amount, category: category}}]
identity: {normalise: [trim, lower]}
clv: {model: nbd, margin: 0.4, costs: {acquisition: 5, per_order: 1, per_year_alive: 2}}
tiers: {window: 6 months, term: 5 months, warn: 24 months, levels: [{name: gold, qualify: {spend: 50}}]}
output: {report: false}
activation:
  exclude: suppress.csv
  campaigns: [{name: back, audience: "TRUE", channels: [email], starts: 2026-01-01, ends: 2026-12-31, control: 0}]
  responses: [{path: in/*.csv, columns: {customer: id, campaign: campaign, channel: channel, time: ts, event: event}}]
`), 0o600))
	return filepath.Join(dir, "shop.yaml")
}

// An unsubscribe binds in every list, and goes on to when its file has gone, when the id
// turns out to be another's, when activation is off, and when the history begins anew.
func TestUnsubscribeBindsEverywhere(t *testing.T) {
	file := slippingShop(t)
	in := filepath.Join(filepath.Dir(file), "in")
	night := func(asOf string, fresh bool, settings ...string) *analytics.Result {
		j, err := job.Load(file, append(settings, "as_of="+asOf), time.Now)
		require.NoError(t, err)
		r, err := analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir(), Fresh: fresh})
		require.NoError(t, err)
		return r
	}
	contactable := func(r *analytics.Result, id string) string {
		for _, row := range customersOf(t, r) {
			if row["customer_id"] == id {
				return row["contactable"]
			}
		}
		require.Fail(t, "no such customer", id)
		return ""
	}

	first := night("2026-02-01", false)
	for _, id := range []string{"c04", "c07", "c10"} {
		require.Subset(t, namedIn(t, first.Path, id), []string{"at_risk.csv", "tiers_warnings.csv"}, "%s is on lists that it must leave", id)
		require.Equal(t, "yes", contactable(first, id))
	}
	require.Equal(t, "excluded", contactable(first, "c12"))
	require.Empty(t, namedIn(t, first.Path, "c12"))
	require.Contains(t, strings.Join(first.Warnings, "\n"), "activation.responses: there is no file at in/*.csv tonight")

	require.NoError(t, os.Mkdir(in, 0o750))
	require.NoError(t, os.WriteFile(filepath.Join(in, "a.csv"), []byte("id,campaign,channel,ts,event\nC04,back,email,2026-02-02T09:00:00,Unsubscribe\nc07,back,email,2026-02-02,spam\nc12,back,email,2026-02-02,unsub\nc15,back,email,2026-02-05,unsub\n"), 0o600))
	second := night("2026-02-02", false)
	require.Equal(t, &publication.Consent{Contactable: 37, Unsubscribed: 2, Complained: 1}, second.Consent, "c12 is excluded and unsubscribed, and told by the first")
	require.Equal(t, "yes", contactable(second, "c15"), "that is not yet")
	require.NoError(t, os.RemoveAll(in))

	for _, c := range []struct {
		what, asOf string
		fresh      bool
		settings   []string
		bound      []string
	}{
		{"the file has gone", "2026-02-03", false, nil, []string{"c04", "c07", "c12"}},
		{"c04 turns out to be c10", "2026-02-04", false, []string{"identity.map=ids.csv"}, []string{"c10", "c07", "c12"}},
		{"activation is off", "2026-02-05", false, []string{"activation=off"}, []string{"c04", "c07", "c12"}},
		{"the history begins anew", "2026-02-06", true, nil, []string{"c04", "c07", "c12"}},
		{"and goes on", "2026-02-07", false, nil, []string{"c04", "c07", "c12"}},
	} {
		r := night(c.asOf, c.fresh, c.settings...)
		for _, id := range c.bound {
			require.NotEqual(t, "yes", contactable(r, id), "%s: %s", c.what, id)
			require.Empty(t, namedIn(t, r.Path, id), "%s: %s", c.what, id)
		}
		require.NotEmpty(t, namedIn(t, r.Path, "c01"), "%s: others are on lists", c.what)
		report, err := publication.Verify(t.Context(), r.Path)
		require.NoError(t, err)
		require.Empty(t, report.Problems)
	}
}

// The margins of the days of each customer sum to past_value, without what a customer costs
// whatever they buy.
func TestMarginsSumToPastValue(t *testing.T) {
	r := publishJob(t, slippingShop(t))
	p, err := publication.Open(r.Path)
	require.NoError(t, err)
	margins := map[string]float64{}
	require.NoError(t, p.EachPurchases(func(id string, of publication.Purchases) error {
		require.Len(t, of.Margin, len(of.Days))
		for _, m := range of.Margin {
			margins[id] += m.Float()
		}
		return nil
	}))
	for _, row := range customersOf(t, r) {
		var past float64
		_, err := fmt.Sscan(row["past_value"], &past)
		require.NoError(t, err)
		since, err := time.Parse(time.DateOnly, row["first_day"])
		require.NoError(t, err)
		years := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC).Sub(since).Hours() / 24 / 365.25
		require.InDelta(t, past, margins[row["customer_id"]]-5-2*years, 0.0051, row["customer_id"])
	}
	off := publishJob(t, slippingShop(t), "activation=off")
	p, err = publication.Open(off.Path)
	require.NoError(t, err)
	of, err := p.ReadPurchases("c01")
	require.NoError(t, err)
	require.Nil(t, of.Margin, "who does not ask for it does without")
	require.Nil(t, off.Activation)
}

// An engine that had nothing to tell leaves a file without a row, or without anything. The
// night goes on and names it. A file that tells of something else is an error, as it is of exports.
func TestFilesOfNoResponse(t *testing.T) {
	file := slippingShop(t)
	in := filepath.Join(filepath.Dir(file), "in")
	require.NoError(t, os.Mkdir(in, 0o750))
	run := func(settings ...string) (*analytics.Result, error) {
		j, err := job.Load(file, settings, time.Now)
		require.NoError(t, err)
		return analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
	}
	header := "id,campaign,channel,ts,event\n"
	for name, text := range map[string]string{
		"a.csv": header + "c01,back,email,2026-01-30,sent\n", "b.csv": "", "c.csv": header, "d.csv": "\n\r\n", "e.csv": "\ufeff",
		"f.csv": header + "c02,back,email,2026-01-30,unsubscribed\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(in, name), []byte(text), 0o600))
	}
	r, err := run()
	require.NoError(t, err)
	require.Contains(t, r.Warnings, "activation.responses: 4 files have no rows, among them in/b.csv, in/d.csv, in/e.csv; look whether the engine had nothing to tell, or could not write. What earlier nights heard is remembered")
	require.EqualValues(t, 2, r.Activation.Responses.New, "what the others say is heard")

	for _, name := range []string{"a.csv", "c.csv", "d.csv", "e.csv", "f.csv"} {
		require.NoError(t, os.Remove(filepath.Join(in, name)))
	}
	for name, text := range map[string]string{"b.json": "[]", "b.jsonl": "\n", "b.csv": ""} {
		require.NoError(t, os.RemoveAll(in))
		require.NoError(t, os.Mkdir(in, 0o750))
		require.NoError(t, os.WriteFile(filepath.Join(in, name), []byte(text), 0o600))
		r, err = run("activation.responses.0.path=in/*")
		require.NoError(t, err)
		require.Contains(t, r.Warnings, "activation.responses: 1 file has no rows: in/"+name+"; look whether the engine had nothing to tell, or could not write. What earlier nights heard is remembered")
	}

	require.NoError(t, os.WriteFile(filepath.Join(in, "a.csv"), []byte("user,campaign,channel,ts,event\n"), 0o600))
	_, err = run()
	require.ErrorContains(t, err, `shop.yaml:11:52: activation.responses.0.columns.customer: in/a.csv has no column "id"`)
	require.NoError(t, os.WriteFile(filepath.Join(in, "a.csv"), []byte(header+"c01,\x00\x00,email,2026-01-30,sent\n"), 0o600))
	_, err = run()
	require.ErrorContains(t, err, "in/a.csv: cannot be read as csv: it is no text")
}

// A file that knows addresses only is understood where the exports have them as keys. What it
// says stays with the customer when the address becomes another's.
func TestResponsesByAddress(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	orders := func(owner string) {
		var text strings.Builder
		text.WriteString("id,day,amount,mail\n")
		for c := range 12 {
			for k := range 4 {
				address := fmt.Sprintf("M%d@Shop.example", c)
				if id := fmt.Sprintf("c%02d", c); id == "c03" && owner != id {
					address = "new@shop.example"
				} else if id == owner {
					address = "m3@shop.example"
				}
				fmt.Fprintf(&text, "c%02d,2026-01-%02d,%d,%s\n", c, 1+k*7+c%3, 10+c, address)
			}
		}
		write("orders.csv", text.String())
	}
	orders("c03")
	write("suppress.csv", "customer_id\nm5@shop.example\n")
	write("in.csv", "address,ts,event\nm3@SHOP.example,2026-02-01 10:00:00,unsubscribed\nnobody@shop.example,2026-02-01 10:00:00,opened\n")
	write("shop.yaml", `name: shop
sources: [{path: orders.csv, columns: {customer: id, time: day, amount: amount, keys: {email: mail}}}]
identity: {keys: [email]}
clv: {model: nbd}
rfm: off
stages: off
output: {report: false}
activation:
  exclude: suppress.csv
  campaigns: [{name: back, audience: "TRUE", channels: [email], starts: 2026-02-01, ends: 2026-12-31, control: 0}]
  responses: [{path: in.csv, columns: {customer: address, time: ts, event: event}}]
`)
	night := func(asOf string) (*analytics.Result, []string) {
		r := publishJob(t, filepath.Join(dir, "shop.yaml"), "as_of="+asOf, "output.dir="+filepath.Join(dir, "out"))
		var silent []string
		for _, row := range customersOf(t, r) {
			if row["contactable"] != "yes" {
				silent = append(silent, row["customer_id"]+" "+row["contactable"])
			}
		}
		slices.Sort(silent)
		return r, silent
	}
	first, silent := night("2026-02-02")
	require.Equal(t, []string{"c03 unsubscribed", "c05 excluded"}, silent)
	require.EqualValues(t, 1, first.Activation.Responses.UnmatchedCustomers)

	orders("c08")
	write("in.csv", "address,ts,event\n")
	_, silent = night("2026-02-03")
	require.Equal(t, []string{"c03 unsubscribed", "c05 excluded"}, silent)
}
