package main

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// printMappings says what each column is read from, with values as the export has them
// and as they were read.
func printMappings(p *printer, j *job.Job, found *analytics.Findings) {
	header := []any{p.in.Say("check.source"), p.in.Say("check.key"), p.in.Say("check.read_from"), p.in.Say("check.as")}
	examples := slices.ContainsFunc(found.Mappings, func(m ledger.Mapping) bool { return len(m.Examples) > 0 })
	if examples {
		header = append(header, p.in.Say("check.example"))
	}
	rows := [][]any{}
	for _, m := range found.Mappings {
		row := []any{j.Sources[m.Source].Path, m.Key, shortened(m.SQL, 60), readAs(p, m)}
		if examples {
			row = append(row, exampleText(p, m.Examples))
		}
		rows = append(rows, row)
	}
	p.table(header, rows)
}

// readAs is what a column is read as, in words: the engine's names of types say little to
// who knows no SQL.
func readAs(p *printer, m ledger.Mapping) string {
	switch kind, _, _ := strings.Cut(m.Type, "("); {
	case m.Key == "columns.time" || m.Key == "columns.refund_time":
		return p.in.Say("check.kind_day")
	case strings.HasPrefix(m.Key, "columns.time."), strings.HasPrefix(m.Key, "columns.refund_time."):
		return p.in.Say("check.kind_clock")
	case kind == "BOOLEAN":
		return p.in.Say("check.kind_boolean")
	case kind == "VARCHAR":
		return p.in.Say("check.kind_text")
	case strings.HasPrefix(kind, "TIMESTAMP"), kind == "DATE":
		return p.in.Say("check.kind_day")
	case slices.Contains([]string{"DECIMAL", "DOUBLE", "FLOAT", "REAL"}, kind), strings.HasSuffix(kind, "INT"), strings.HasSuffix(kind, "INTEGER"):
		return p.in.Say("check.kind_number")
	}
	return m.Type
}

// exampleText is what was read and, behind an arrow, what became of it, where that is
// something else.
func exampleText(p *printer, all []ledger.Example) string {
	var texts []string
	for _, e := range all {
		var cells []string
		for _, c := range e.Cells {
			cells = append(cells, shortened(c, 24))
		}
		read, value := strings.Join(cells, " | "), shortened(e.Value, 24)
		switch value {
		case "":
			value = p.in.Say("group.none")
		case read:
			texts = append(texts, read)
			continue
		}
		texts = append(texts, read+" -> "+value)
	}
	return p.in.Row(texts...)
}

// shortened is a text of at most so many letters.
func shortened(text string, most int) string {
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most-3]) + "..."
	}
	return text
}

// printPlan says what the sample comes to, what a run would do, and about what a night would
// take that follows another, as all do but the first.
func printPlan(p *printer, j *job.Job, found *analytics.Findings) {
	seen := found.Seen
	if seen.Customers > 0 {
		p.say("check.sample", "orders", p.counted(seen.Orders, "orders"), "customers", p.counted(seen.Customers, "customers"),
			"first", seen.FirstDay, "newest", seen.NewestDay, "money", moneyText(j, seen.Money), "returns", returnsText(p, j, seen))
	}
	p.line("")
	p.say("check.would", "deeds", strings.Join(deeds(p, j), p.in.Say("check.deed_between")))
	e := found.Expected
	rows := p.in.Say("check.about", "rows", p.counted(e.Rows, "rows"))
	if e.Whole {
		rows = p.counted(e.Rows, "rows")
	}
	customers := customersOf(found)
	seconds, memory := estimate(e.Rows, customers), analytics.MemoryOf(e.Rows, customers, true)
	p.say("check.estimate", "rows", rows, "size", humanize.Bytes(uint64(e.Bytes)), "time", seconds, "memory", humanize.Bytes(uint64(memory)))
}

func moneyText(j *job.Job, m money.Amount) string {
	return strings.TrimSpace(amount(m.Float()).String() + " " + j.Currency)
}

func returnsText(p *printer, j *job.Job, s ledger.Seen) string {
	if s.Returns == (money.Amount{}) {
		return ""
	}
	return p.in.Say("check.returns", "money", moneyText(j, s.Returns))
}

// deeds is what a job does, in words.
func deeds(p *printer, j *job.Job) []string {
	var all []string
	if j.RFM != nil {
		table := j.RFM.Segments.Table
		if table == "" {
			table = p.in.Say("check.own_rules")
		}
		all = append(all, p.in.Say("check.deed_rfm", "bins", wording.Plain(j.RFM.Bins), "table", table))
	}
	if j.CLV != nil {
		model := p.in.Say("check.model", "model", j.CLV.Model)
		if j.CLV.Model == job.AutoModel {
			model = p.in.Say("check.blend")
		}
		all = append(all, p.in.Say("check.deed_clv", "horizon", j.CLV.Horizon.In(p.in), "model", model))
	}
	if j.Stages != nil {
		all = append(all, p.in.Say("check.deed_stages"))
	}
	if j.Tiers != nil {
		all = append(all, p.in.Say("check.deed_tiers", "tiers", p.counted(int64(len(j.Tiers.Levels)), "tiers")))
	}
	return append(all, p.in.Say("check.deed_publish", "formats", p.in.List(j.Output.Formats...), "path", filepath.Join(j.Output.Dir, j.Name)))
}

// customersOf is how many customers all rows may have: as many for each row as in the
// sample, which is too many where the same ones come back later.
func customersOf(found *analytics.Findings) int64 {
	read := max(1, found.Sample.Total.Read.Rows)
	return found.Seen.Customers * max(read, found.Expected.Rows) / read
}

// What a night takes, by the benchmark of ten million rows and a million customers on two
// cores (benchmarks/results): reading and reducing go by the row, all stages after them by
// the customer.
const (
	secondsBase, secondsOfRow, secondsOfCustomer = 1.0, 1.7e-6, 27e-6
)

// estimate is about how long a night takes.
func estimate(rows, customers int64) (duration string) {
	seconds := secondsBase + secondsOfRow*float64(rows) + secondsOfCustomer*float64(customers)
	return time.Duration(seconds * float64(time.Second)).Round(time.Second).String()
}
