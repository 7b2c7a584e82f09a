package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"clientele/analytics"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/clv/backtest"
	"clientele/segment/tier"
)

// printSummary tells a person what a night came to.
func printSummary(w io.Writer, r *analytics.Result) error {
	settings, err := r.Settings.Flat()
	if err != nil {
		return err
	}
	p := &printer{w: w}
	currency := ""
	if name := settings["currency"]; name != "" {
		currency = " " + name
	}
	p.line("%s as of %s: %s, transactions from %s to %s", r.Name, r.AsOf, counted(r.Customers, "customer"), r.FirstDay, r.NewestDay)
	p.line("")
	printRows(p, r, currency)
	printIdentity(p, r)
	for _, kind := range []struct{ name, title string }{{"rfm", "segment"}, {"stage", "stage"}, {"tier", "tier"}, {"pyramid", "pyramid"}} {
		printGroups(p, r, kind.name, kind.title)
	}
	printConcentration(p, r)
	printTierChanges(p, r)
	printDeclines(p, r)
	printInterests(p, r)
	printConsent(p, r)
	printWorth(p, r, settings, currency)
	for _, warning := range r.Warnings {
		p.line("Warning: %s", warning)
	}
	p.line("Published in %s:", r.Path)
	width := 18
	for _, f := range r.Files {
		width = max(width, len(f.Path))
	}
	for _, f := range r.Files {
		if f.Rows > 0 {
			p.line("  %-*s %s", width, f.Path, counted(f.Rows, "row"))
		} else {
			p.line("  %s", f.Path)
		}
	}
	p.line("  run.json")
	printLatest(p, r.Path)
	return p.err
}

// printLatest says where the link to the newest night leads, which need not be
// the night that was run.
func printLatest(p *printer, path string) {
	link := filepath.Join(filepath.Dir(path), publish.LatestLink)
	if newest, err := os.Readlink(link); err == nil && filepath.Base(newest) != filepath.Base(path) {
		p.line("%s stays with the newer night %s", link, filepath.Base(newest))
		return
	}
	p.line("and linked as %s", link)
}

// printRows accounts for what was read.
func printRows(p *printer, r *analytics.Result, currency string) {
	rows := [][]any{
		{"read", figure(thousands(r.Rows.Read)), amountOf(r.Money.Read)},
		{"used", figure(thousands(r.Rows.Used)), amountOf(r.Money.Used)},
	}
	if r.Returns.Rows > 0 {
		rows = append(rows, []any{"  of them returns", figure(thousands(r.Returns.Rows)), amount(r.Returns.Money.Float())})
		rows = append(rows, returnRows(r.Returns.ReturnFates)...)
	}
	for _, reason := range ledger.Reasons {
		if n := r.Rows.Rejected[string(reason)]; n > 0 {
			rows = append(rows, []any{"set aside: " + reasonText(reason), figure(thousands(n)), knownAmount(r.Money.Rejected[string(reason)])})
		}
	}
	p.table([]any{"rows", "count", "money" + currency}, rows)
	if left := r.ReturnsOnly; left.Customers > 0 {
		are, their := "are", "their"
		if left.Customers == 1 {
			are, their = "is", "its"
		}
		p.line("%s only returned goods and %s not listed; %s %s%s is included in the money used.",
			counted(left.Customers, "customer"), are, their, amountOf(left.Money.String()), currency)
	}
	printUndone(p, r.Returns.ReturnFates, currency)
	printJoins(p, r)
	p.line("")
}

// printJoins says how many rows found no partner in a joined file.
func printJoins(p *printer, r *analytics.Result) {
	for _, s := range r.Sources {
		for _, j := range s.Joins {
			if j.NoPartner.Rows > 0 {
				p.line("%s of %s found no partner in %s.", counted(j.NoPartner.Rows, "row"), s.Path, j.Path)
			}
		}
	}
}

// reasonTexts say in words why rows are set aside.
var reasonTexts = map[ledger.Reason]string{
	ledger.Malformed:        "malformed line",
	ledger.Footer:           "below the rows, such as a total (footer)",
	ledger.FilterUnknown:    "where neither true nor false",
	ledger.Filtered:         "filtered by where",
	ledger.ExcludedProduct:  "no goods (excluded_product)",
	ledger.NoTime:           "no time",
	ledger.TimeUnreadable:   "time unreadable",
	ledger.AfterAsOf:        "after as_of",
	ledger.AmountUnreadable: "amount unreadable",
	ledger.AmountConflict:   "totals of one order differ (amount_conflict)",
	ledger.Anonymous:        "no customer (anonymous)",
	ledger.Duplicate:        "in another file too (duplicate)",
}

func reasonText(r ledger.Reason) string { return reasonTexts[r] }

// knownAmount is the money of rows, or says that none of their amounts can be
// read: 0 would be a claim.
func knownAmount(exact *string) any {
	if exact == nil {
		return figure("unknown")
	}
	return amountOf(*exact)
}

// amountOf reads an exact amount for showing it to people.
func amountOf(exact string) amount {
	v, err := strconv.ParseFloat(exact, 64)
	if err != nil {
		return amount(math.NaN()) // shows as such; run.json has the exact text
	}
	return amount(v)
}

func printGroups(p *printer, r *analytics.Result, kind, title string) {
	var rows [][]any
	for _, g := range r.Segments {
		if g.Kind != kind {
			continue
		}
		label := g.Label
		if label == "" {
			label = "(none)"
		}
		row := []any{label, figure(thousands(g.Customers)), percent(g.Share), amount(g.Revenue.Float())}
		if r.Equity != nil {
			row = append(row, amount(g.FutureValue.Float()), percent(g.EquityShare))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return
	}
	header := []any{title, "customers", "share", "revenue"}
	if r.Equity != nil {
		header = append(header, "future value", "of equity")
	}
	p.table(header, rows)
	p.line("")
}

// tierOps are the changes of tiers in the order in which a person asks for them.
var tierOps = []struct {
	op   tier.Op
	text string
}{
	{tier.OpEnter, "entered"},
	{tier.OpUpgrade, "rose"},
	{tier.OpRenew, "were renewed"},
	{tier.OpGrace, "went into grace"},
	{tier.OpDowngrade, "fell"},
	{tier.OpLeave, "left"},
	{tier.OpPin, "were pinned"},
	{tier.OpUnpin, "were unpinned"},
}

// printTierChanges says what became of the members since the night before.
func printTierChanges(p *printer, r *analytics.Result) {
	if r.Tiers == nil {
		return
	}
	var parts []string
	for _, t := range tierOps {
		if n := r.Tiers.Changes[t.op]; n > 0 {
			parts = append(parts, thousands(int64(n))+" "+t.text)
		}
	}
	since := "first night"
	if r.Tiers.Since != "" {
		since = "since " + r.Tiers.Since
	}
	if len(parts) == 0 {
		parts = []string{"no change"}
	}
	p.line("Tiers, %s: %s; %s of a fall", since, strings.Join(parts, ", "), counted(int64(r.Tiers.Warnings), "warning"))
	p.line("")
}

// printConcentration says how unevenly value is spread.
func printConcentration(p *printer, r *analytics.Result) {
	c := r.Concentration
	if c == nil || c.Holders == 0 {
		return
	}
	p.line("%s (%s) hold %s of %s; the best 1%% hold %s, 5%% %s, 20%% %s; Gini %.2f",
		counted(int64(c.Holders), "customer"), percent(c.HoldersShare), percent(c.Held), c.Value,
		percent(c.Top1), percent(c.Top5), percent(c.Top20), c.Gini)
	p.line("")
}

// printDeclines says where relationships fall off.
func printDeclines(p *printer, r *analytics.Result) {
	if len(r.Declines) == 0 {
		return
	}
	labels := map[string]string{}
	for _, g := range r.Segments {
		if g.Kind == "stage" {
			labels[g.Name] = g.Label
		}
	}
	rows := make([][]any, len(r.Declines))
	for i, d := range r.Declines {
		rows[i] = []any{d.Decline, labels[d.From], figure(thousands(d.Customers))}
	}
	p.table([]any{"decline", "from", "customers"}, rows)
	p.line("")
}

// printInterests says which interests customers lose.
func printInterests(p *printer, r *analytics.Result) {
	if r.Interests == nil {
		return
	}
	const shown = 5
	losing := r.Interests.Losing
	losing = losing[:min(shown, len(losing))]
	rows := make([][]any, len(losing))
	for i, l := range losing {
		rows[i] = []any{l.Category, segmentLabel(r, l.Segment), figure(thousands(l.Lost)), percent(l.Share)}
	}
	if len(rows) > 0 {
		p.table([]any{"interest lost", "segment", "customers", "of its regulars"}, rows)
	}
	for _, l := range r.Interests.Levels {
		p.line("Interests by %s: %s lost and %s switched of %s that could be found, compared with the time before %s",
			l.Of, thousands(int64(l.Lost)), thousands(int64(l.Switched)), thousands(int64(l.Tested)), r.Interests.RecentFrom)
	}
	p.line("")
}

// segmentLabel is a segment's name for people.
func segmentLabel(r *analytics.Result, name string) string {
	for _, g := range r.Segments {
		if g.Kind == "rfm" && g.Name == name {
			return g.Label
		}
	}
	return "(all)"
}

func printWorth(p *printer, r *analytics.Result, settings map[string]string, currency string) {
	if r.Equity == nil {
		return
	}
	p.line("Customer equity %s%s (90%% interval %s to %s) over %s, discounted at %s a year; past value %s%s",
		amount(r.Equity.Value.Float()), currency, amount(r.Equity.Low.Float()), amount(r.Equity.High.Float()),
		settings["clv.horizon"], percent(float64(amountOf(settings["clv.discount_rate"]))), amountOf(*r.PastValue), currency)
	if r.Model.ChosenOn == "" {
		p.line("Model %s, %s", r.Model.Model, r.Model.Chosen)
	} else {
		p.line("Blend of %s, weighed on %s: %s", membersInWords(r.Model), r.Model.ChosenOn, r.Model.Chosen)
	}
	if s := r.Model.Stacking; s != nil && r.Model.ChosenOn != "" {
		p.line("As the past went, customers are expected to buy %s, and to spend %s",
			offBy(s.To.Level.Pace, "as often as the models say", "%s more often than the models say", "%s less often than the models say"),
			offBy(s.To.Level.Spend, "per purchase what they spent", "%s more per purchase than they spent", "%s less per purchase than they spent"))
	}
	printChurn(p, r, currency)
	printReferrals(p, r, currency)
	printAudits(p, r.Audit, currency)
	p.line("")
}

// membersInWords lists the members of a blend, the heaviest first.
func membersInWords(m *publication.Model) string {
	weights := make([]backtest.Weight, len(m.Members))
	for i, member := range m.Members {
		weights[i] = backtest.Weight{Model: member.Model, Weight: member.Weight}
		if k := member.Params["k"]; k > 0 {
			weights[i].Model = fmt.Sprintf("%s (k %v)", member.Model, k)
		}
	}
	return weightsInWords(weights)
}

// offBy says how something compares with what was expected, given the logarithm of their
// ratio: alike, to the tenth of a percent, more or less.
func offBy(ln float64, alike, more, less string) string {
	off := math.Expm1(ln)
	switch share := string(percent(math.Abs(off))); {
	case share == string(percent(0)):
		return alike
	case off > 0:
		return fmt.Sprintf(more, share)
	default:
		return fmt.Sprintf(less, share)
	}
}

// printChurn counts customers by the risk that they do not buy soon, and what is at
// stake with those who are slipping.
func printChurn(p *printer, r *analytics.Result, currency string) {
	if c := r.Churn; c != nil {
		p.line("Churn risk (no purchase within 91 days): low (below a third) %s, middle %s, high (above two thirds) %s",
			counted(c.Low, "customer"), thousands(c.Middle), thousands(c.High))
	}
	if a := r.AtRisk; a != nil {
		p.line("At risk: %s in decline or on watch, with whom %s%s of value is at stake; at_risk.csv has the most at stake first",
			counted(a.Customers, "customer"), amount(a.Value.Float()), currency)
	}
}

// printAudits says what earlier nights expected, and what came.
func printAudits(p *printer, audits []publication.AuditedNight, currency string) {
	for _, a := range audits {
		if f := a.Forecast; f != nil {
			held := "outside"
			if f.Held {
				held = "within"
			}
			p.line("Audit of %s, %d days ago: %s purchases expected of its customers since, %s made; %s%s spent, %s the 90%% interval from %s to %s",
				a.AsOf, a.Days, thousands(int64(f.Expected+0.5)), thousands(int64(f.Purchases)), amount(f.Money), currency, held, amount(f.Low), amount(f.High))
		}
		if d := a.Declined; d != nil && d.Customers > 0 {
			p.line("  of %s in decline then, %s came back", counted(d.Customers, "customer"), thousands(d.CameBack))
		}
	}
}
