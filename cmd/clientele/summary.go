package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/clv/backtest"
	"clientele/internal/wording"
	"clientele/segment/tier"
)

// printSummary tells a person what a night came to.
func printSummary(w io.Writer, r *analytics.Result) error {
	settings, err := r.Settings.Flat()
	if err != nil {
		return err
	}
	p := &printer{w: w, in: wording.In(r.Settings.Language())}
	currency := ""
	if name := settings["currency"]; name != "" {
		currency = " " + name
	}
	p.say("summary.title", "name", r.Name, "as_of", r.AsOf, "customers", p.counted(r.Customers, "customers"), "first", r.FirstDay, "newest", r.NewestDay)
	printCache(p, r)
	p.line("")
	printRows(p, r, currency)
	printIdentity(p, r)
	printGroups(p, r, "rfm", p.in.Say("summary.segment"))
	printGroups(p, r, "stage", p.in.Say("summary.stage"))
	printGroups(p, r, "tier", p.in.Say("summary.tier"))
	printGroups(p, r, "pyramid", p.in.Say("summary.pyramid"))
	printConcentration(p, r)
	printTierChanges(p, r)
	printDeclines(p, r)
	printInterests(p, r)
	printConsent(p, r)
	printCampaigns(p, r)
	printWorth(p, r, settings, currency)
	for _, warning := range r.Warnings {
		p.say("summary.warning", "warning", warning)
	}
	printFiles(p, r)
	printLatest(p, r.Path)
	printRemoved(p, r.Removed)
	return p.err
}

// printFiles lists what was published.
func printFiles(p *printer, r *analytics.Result) {
	p.say("summary.published", "path", r.Path)
	width := 18
	for _, f := range r.Files {
		width = max(width, len(f.Path))
	}
	for _, f := range r.Files {
		if f.Rows > 0 {
			p.line("  %-*s %s", width, f.Path, p.counted(f.Rows, "rows"))
		} else {
			p.line("  %s", f.Path)
		}
	}
	p.line("  run.json")
}

// printLatest says where the link to the newest night leads, which need not be
// the night that was run.
func printLatest(p *printer, path string) {
	link := filepath.Join(filepath.Dir(path), publish.LatestLink)
	if newest, err := os.Readlink(link); err == nil && filepath.Base(newest) != filepath.Base(path) {
		p.say("summary.stays", "link", link, "night", filepath.Base(newest))
		return
	}
	p.say("summary.linked", "link", link)
}

// printRemoved says which older nights are gone.
func printRemoved(p *printer, nights []string) {
	if len(nights) > 0 {
		p.say("summary.removed", "nights", len(nights), "from", nights[0], "to", nights[len(nights)-1])
	}
}

// printRows accounts for what was read.
func printRows(p *printer, r *analytics.Result, currency string) {
	rows := [][]any{
		{p.in.Say("summary.read"), figure(thousands(r.Rows.Read)), amountOf(r.Money.Read)},
		{p.in.Say("summary.used"), figure(thousands(r.Rows.Used)), amountOf(r.Money.Used)},
	}
	if r.Returns.Rows > 0 {
		rows = append(rows, []any{"  " + p.in.Say("summary.returns"), figure(thousands(r.Returns.Rows)), amount(r.Returns.Money.Float())})
		rows = append(rows, returnRows(p, r.Returns.ReturnFates)...)
	}
	for _, reason := range ledger.Reasons {
		if n := r.Rows.Rejected[string(reason)]; n > 0 {
			rows = append(rows, []any{p.in.Say("summary.set_aside", "reason", p.in.SayOf("fate", string(reason))), figure(thousands(n)), knownAmount(p, r.Money.Rejected[string(reason)])})
		}
	}
	p.table([]any{p.in.Say("summary.rows"), p.in.Say("summary.count"), p.in.Say("summary.money") + currency}, rows)
	if left := r.ReturnsOnly; left.Customers > 0 {
		p.say("summary.returns_only", "customers", left.Customers, "money", amountOf(left.Money.String()).String()+currency)
	}
	printUndone(p, r.Returns.ReturnFates, currency)
	printJoins(p, r)
	printCurrencies(p, r, currency)
	p.line("")
}

// printCurrencies says how much money came in by currency, where there are several.
func printCurrencies(p *printer, r *analytics.Result, currency string) {
	if len(r.Currencies) < 2 {
		return
	}
	for _, c := range r.Currencies {
		p.say("summary.currency", "rows", p.counted(c.Rows, "rows"), "currency", c.Currency,
			"money", amountOf(c.Money.String()), "converted", amountOf(c.Converted.String()).String()+currency)
	}
}

// printJoins says how many rows found no partner in a joined file.
func printJoins(p *printer, r *analytics.Result) {
	for _, s := range r.Sources {
		for _, j := range s.Joins {
			if j.NoPartner.Rows > 0 {
				p.say("summary.no_partner", "rows", p.counted(j.NoPartner.Rows, "rows"), "source", s.Path, "path", j.Path)
			}
		}
	}
}

// knownAmount is the money of rows, or says that none of their amounts can be
// read: 0 would be a claim.
func knownAmount(p *printer, exact *string) any {
	if exact == nil {
		return figure(p.in.Say("summary.unknown"))
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

// groupLabel is what a group of the run is called.
func groupLabel(p *printer, g publication.Group) string {
	if g.Name == "" {
		return p.in.Say("group.no_tier")
	}
	return g.Label
}

func printGroups(p *printer, r *analytics.Result, kind, title string) {
	var rows [][]any
	for _, g := range r.Segments {
		if g.Kind != kind {
			continue
		}
		row := []any{groupLabel(p, g), figure(thousands(g.Customers)), percent(g.Share), amount(g.Revenue.Float())}
		if r.Equity != nil {
			row = append(row, amount(g.FutureValue.Float()), percent(g.EquityShare))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return
	}
	header := []any{title, p.in.Say("summary.customers"), p.in.Say("summary.share"), p.in.Say("summary.revenue")}
	if r.Equity != nil {
		header = append(header, p.in.Say("summary.future_value"), p.in.Say("summary.of_equity"))
	}
	p.table(header, rows)
	p.line("")
}

// tierOps are the changes of tiers in the order in which a person asks for them.
var tierOps = []tier.Op{tier.OpEnter, tier.OpUpgrade, tier.OpRenew, tier.OpGrace, tier.OpDowngrade, tier.OpLeave, tier.OpPin, tier.OpUnpin}

// printTierChanges says what became of the members since the night before.
func printTierChanges(p *printer, r *analytics.Result) {
	if r.Tiers == nil {
		return
	}
	var parts []string
	for _, op := range tierOps {
		if n := r.Tiers.Changes[op]; n > 0 {
			parts = append(parts, p.in.SayOf("summary.tier_op", string(op), "n", n))
		}
	}
	since := p.in.Say("summary.first_night")
	if r.Tiers.Since != "" {
		since = p.in.Say("summary.since", "night", r.Tiers.Since)
	}
	if len(parts) == 0 {
		parts = []string{p.in.Say("summary.no_change")}
	}
	p.say("summary.tiers", "since", since, "changes", p.in.Row(parts...), "warnings", r.Tiers.Warnings)
	p.line("")
}

// printConcentration says how unevenly value is spread.
func printConcentration(p *printer, r *analytics.Result) {
	c := r.Concentration
	if c == nil || c.Holders == 0 {
		return
	}
	p.say("summary.concentration", "holders", c.Holders, "customers", p.counted(int64(c.Holders), "customers"), "share", percent(c.HoldersShare), "held", percent(c.Held),
		"value", p.metric(c.Value), "top1", percent(c.Top1), "top5", percent(c.Top5), "top20", percent(c.Top20), "gini", fmt.Sprintf("%.2f", c.Gini))
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
		rows[i] = []any{p.in.SayOf("decline", d.Decline), labels[d.From], figure(thousands(d.Customers))}
	}
	p.table([]any{p.in.Say("summary.decline"), p.in.Say("summary.from"), p.in.Say("summary.customers")}, rows)
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
		rows[i] = []any{l.Category, segmentLabel(p, r, l.Segment), figure(thousands(l.Lost)), percent(l.Share)}
	}
	if len(rows) > 0 {
		p.table([]any{p.in.Say("summary.interest_lost"), p.in.Say("summary.segment"), p.in.Say("summary.customers"), p.in.Say("summary.of_regulars")}, rows)
	}
	for _, l := range r.Interests.Levels {
		p.say("summary.interests", "of", p.in.SayOf("summary.interests_by", l.Of), "lost", l.Lost, "switched", l.Switched, "tested", l.Tested, "from", r.Interests.RecentFrom)
	}
	p.line("")
}

// segmentLabel is a segment's name for people.
func segmentLabel(p *printer, r *analytics.Result, name string) string {
	for _, g := range r.Segments {
		if g.Kind == "rfm" && g.Name == name {
			return g.Label
		}
	}
	return p.in.Say("summary.all")
}

func printWorth(p *printer, r *analytics.Result, settings map[string]string, currency string) {
	if r.Equity == nil {
		return
	}
	p.say("summary.equity", "value", amount(r.Equity.Value.Float()).String()+currency, "low", amount(r.Equity.Low.Float()), "high", amount(r.Equity.High.Float()),
		"horizon", spanInWords(p, settings["clv.horizon"]), "rate", percent(float64(amountOf(settings["clv.discount_rate"]))), "past", amountOf(*r.PastValue).String()+currency)
	if r.Model.ChosenOn == "" {
		p.say("summary.model", "model", r.Model.Model, "why", r.Model.Chosen)
	} else {
		p.say("summary.blend", "members", membersInWords(p, r.Model), "day", r.Model.ChosenOn, "why", r.Model.Chosen)
	}
	if s := r.Model.Stacking; s != nil && r.Model.ChosenOn != "" {
		pace, paceShare := offBy(s.To.Level.Pace)
		spend, spendShare := offBy(s.To.Level.Spend)
		p.say("summary.level", "pace", p.in.SayOf("summary.pace", pace, "share", paceShare), "spend", p.in.SayOf("summary.spend", spend, "share", spendShare))
	}
	printChurn(p, r, currency)
	printReferrals(p, r, currency)
	printAudits(p, r.Audit, currency)
	p.line("")
}

// membersInWords lists the members of a blend, the heaviest first.
func membersInWords(p *printer, m *publication.Model) string {
	weights := make([]backtest.Weight, len(m.Members))
	for i, member := range m.Members {
		weights[i] = backtest.Weight{Model: member.Model, Weight: member.Weight}
		if k := member.Params["k"]; k > 0 {
			weights[i].Model = fmt.Sprintf("%s (k %v)", member.Model, k)
		}
	}
	return weightsInWords(p, weights)
}

// offBy says how something compares with what was expected, given the logarithm of their
// ratio: alike, to the tenth of a percent, more or less, and by how much.
func offBy(ln float64) (how string, share figure) {
	off := math.Expm1(ln)
	switch share = percent(math.Abs(off)); {
	case share == percent(0):
		return "alike", share
	case off > 0:
		return "more", share
	default:
		return "less", share
	}
}

// spanInWords is a length of time of the settings.
func spanInWords(p *printer, text string) string {
	span, err := job.ParseSpan(text)
	if err != nil {
		return text // of a version that wrote it in another way
	}
	return span.In(p.in)
}

// metric is a column by the name that people know it by.
func (p *printer) metric(name string) string {
	if p.in.IsEnglish() || !p.in.Has("metric", name) {
		return name
	}
	return p.in.SayOf("metric", name)
}

// printChurn counts customers by the risk that they do not buy soon, and what is at
// stake with those who are slipping.
func printChurn(p *printer, r *analytics.Result, currency string) {
	if c := r.Churn; c != nil {
		p.say("summary.churn", "low", p.counted(c.Low, "customers"), "middle", c.Middle, "high", c.High)
	}
	if a := r.AtRisk; a != nil {
		p.say("summary.at_risk", "customers", p.counted(a.Customers, "customers"), "value", amount(a.Value.Float()).String()+currency)
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
			p.say("summary.audit", "night", a.AsOf, "days", a.Days, "expected", int64(f.Expected+0.5), "made", int64(f.Purchases),
				"money", amount(f.Money).String()+currency, "held", p.in.SayOf("summary.held", held), "low", amount(f.Low), "high", amount(f.High))
		}
		if d := a.Declined; d != nil && d.Customers > 0 {
			p.say("summary.audit_declined", "customers", p.counted(d.Customers, "customers"), "back", d.CameBack)
		}
	}
}
