package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/internal/money"
)

// printMappings says what each column is read from, with values as the export has them
// and as they were read.
func printMappings(p *printer, j *job.Job, found *analytics.Findings) {
	header := []any{"source", "key", "read from", "as"}
	examples := slices.ContainsFunc(found.Mappings, func(m ledger.Mapping) bool { return len(m.Examples) > 0 })
	if examples {
		header = append(header, "for example")
	}
	rows := [][]any{}
	for _, m := range found.Mappings {
		row := []any{j.Sources[m.Source].Path, m.Key, shortened(m.SQL, 60), readAs(m)}
		if examples {
			row = append(row, exampleText(m.Examples))
		}
		rows = append(rows, row)
	}
	p.table(header, rows)
}

// readAs is what a column is read as, in words: the engine's names of types say little to
// who knows no SQL.
func readAs(m ledger.Mapping) string {
	switch kind, _, _ := strings.Cut(m.Type, "("); {
	case m.Key == "columns.time" || m.Key == "columns.refund_time":
		return "day"
	case strings.HasPrefix(m.Key, "columns.time."), strings.HasPrefix(m.Key, "columns.refund_time."):
		return "time of day"
	case kind == "BOOLEAN":
		return "yes or no"
	case kind == "VARCHAR":
		return "text"
	case strings.HasPrefix(kind, "TIMESTAMP"), kind == "DATE":
		return "day"
	case slices.Contains([]string{"DECIMAL", "DOUBLE", "FLOAT", "REAL"}, kind), strings.HasSuffix(kind, "INT"), strings.HasSuffix(kind, "INTEGER"):
		return "number"
	}
	return m.Type
}

// exampleText is what was read and, behind an arrow, what became of it, where that is
// something else.
func exampleText(all []ledger.Example) string {
	var texts []string
	for _, e := range all {
		var cells []string
		for _, c := range e.Cells {
			cells = append(cells, shortened(c, 24))
		}
		read, value := strings.Join(cells, " | "), shortened(e.Value, 24)
		switch value {
		case "":
			value = "(none)"
		case read:
			texts = append(texts, read)
			continue
		}
		texts = append(texts, read+" -> "+value)
	}
	return strings.Join(texts, ", ")
}

// shortened is a text of at most so many letters.
func shortened(text string, most int) string {
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most-3]) + "..."
	}
	return text
}

// printPlan says what the sample comes to, what a run would do, and about how long it
// would take.
func printPlan(p *printer, j *job.Job, found *analytics.Findings) {
	seen := found.Seen
	if seen.Customers > 0 {
		p.line("They are %s of %s from %s to %s: %s%s.", counted(seen.Orders, "order"), counted(seen.Customers, "customer"), seen.FirstDay, seen.NewestDay,
			moneyText(j, seen.Money), returnsText(j, seen))
	}
	p.line("")
	p.line("A run would %s.", strings.Join(deeds(j), "; "))
	e := found.Expected
	about := "about "
	if e.Whole {
		about = ""
	}
	seconds, memory := estimate(e.Rows, customersOf(found))
	p.line("It would read %s%s (%s of files); an estimate of what that takes is %s and %s of memory.",
		about, counted(e.Rows, "row"), humanize.Bytes(uint64(e.Bytes)), seconds, humanize.Bytes(memory))
}

func moneyText(j *job.Job, m money.Amount) string {
	return strings.TrimSpace(amount(m.Float()).String() + " " + j.Currency)
}

func returnsText(j *job.Job, s ledger.Seen) string {
	if s.Returns == (money.Amount{}) {
		return ""
	}
	return ", returns of " + moneyText(j, s.Returns) + " taken off"
}

// deeds is what a job does, in words.
func deeds(j *job.Job) []string {
	var all []string
	if j.RFM != nil {
		all = append(all, fmt.Sprintf("score recency, frequency and money in %d steps and name segments by %s", j.RFM.Bins, tableName(j.RFM.Segments.Table)))
	}
	if j.CLV != nil {
		model := "the model " + j.CLV.Model
		if j.CLV.Model == job.AutoModel {
			model = "a blend of models weighed by what they would have predicted"
		}
		all = append(all, fmt.Sprintf("work out what each customer is worth over %s by %s", j.CLV.Horizon, model))
	}
	if j.Stages != nil {
		all = append(all, "say who is new, settled or slipping away")
	}
	if j.Tiers != nil {
		all = append(all, "keep a loyalty programme of "+counted(int64(len(j.Tiers.Levels)), "tier"))
	}
	return append(all, fmt.Sprintf("publish the list as %s in %s", strings.Join(j.Output.Formats, " and "), filepath.Join(j.Output.Dir, j.Name)))
}

func tableName(table string) string {
	if table == "" {
		return "the rules of the job file"
	}
	return table
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
	memoryBase, memoryOfRow, memoryOfCustomer    = 150e6, 130, 1800
)

// estimate is about how long a night takes, and how much memory.
func estimate(rows, customers int64) (duration string, memory uint64) {
	seconds := secondsBase + secondsOfRow*float64(rows) + secondsOfCustomer*float64(customers)
	d := time.Duration(seconds * float64(time.Second)).Round(time.Second)
	return d.String(), uint64(memoryBase + memoryOfRow*float64(rows) + memoryOfCustomer*float64(customers))
}
