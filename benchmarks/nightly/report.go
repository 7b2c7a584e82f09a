package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"

	"clientele/benchmarks/process"
)

// report is everything that is printed: Markdown, so that it can be kept as it
// is.
type report struct {
	customers, rounds int
	duckDB            string
	trials            []*trial
	rivalry           *rivalry // nil: there was none
}

// print writes the report. Every figure is a median over the rounds; a ratio
// is one of medians.
func (r report) print(out io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s customers, medians of %s. %s, %s, DuckDB %s.\n\n",
		humanize.Comma(int64(r.customers)), english.Plural(r.rounds, "round", ""), process.Machine(), runtime.Version(), r.duckDB)
	b.WriteString("| export | program | wall s | CPU s | peak MiB |\n|---|---|---:|---:|---:|\n")
	for _, t := range r.trials {
		first, next, grown, floor := process.Median(t.clientele), process.Median(t.next), process.Median(t.grown), process.Median(t.duckdb)
		name := fmt.Sprintf("%s, %s rows", t.format, humanize.Comma(t.rows))
		row(&b, name, "clientele run", first)
		row(&b, name, "clientele run, the next night", next)
		row(&b, name, "clientele run, 1% new rows and a cache", grown)
		row(&b, name, "DuckDB alone", floor)
		ratio(&b, name, "ratio", first, floor)
		ratio(&b, name, "ratio, the next night", next, floor)
		ratio(&b, name, "ratio, 1% new rows and a cache", grown, floor)
	}
	b.WriteString("\nThe two gave the same values for all customers.\n\n")
	r.printStages(&b)
	r.rivalry.print(&b)
	r.printAims(&b)
	_, err := out.Write(b.Bytes())
	return err
}

// printStages shows where clientele spent its time, longest first by the first
// export.
func (r report) printStages(b *bytes.Buffer) {
	head, rule := "| stage of clientele run, wall s |", "|---|"
	for _, t := range r.trials {
		head, rule = head+" "+t.format+" | next night |", rule+"---:|---:|"
	}
	fmt.Fprintf(b, "%s\n%s\n", head, rule)
	first := medians(r.trials[0].phases)
	byTime := func(a, b string) int { return cmp.Or(cmp.Compare(first[b], first[a]), strings.Compare(a, b)) }
	for _, name := range slices.SortedFunc(maps.Keys(first), byTime) {
		fmt.Fprintf(b, "| %s |", name)
		for _, t := range r.trials {
			fmt.Fprintf(b, " %.2f | %.2f |", medians(t.phases)[name], medians(t.nextPhases)[name])
		}
		b.WriteString("\n")
	}
}

func ratio(b *bytes.Buffer, export, name string, ours, floor process.Usage) {
	fmt.Fprintf(b, "| %s | **%s** | **%.2f** | **%.2f** | **%.2f** |\n", export, name,
		ours.Wall.Seconds()/floor.Wall.Seconds(), ours.CPU.Seconds()/floor.CPU.Seconds(), ours.PeakMiB/floor.PeakMiB)
}

func row(b *bytes.Buffer, export, program string, u process.Usage) {
	fmt.Fprintf(b, "| %s | %s | %.2f | %.2f | %.0f |\n", export, program, u.Wall.Seconds(), u.CPU.Seconds(), u.PeakMiB)
}

// medians are those of the stages' seconds.
func medians(phases []map[string]float64) map[string]float64 {
	all := map[string][]float64{}
	for _, round := range phases {
		for name, seconds := range round {
			all[name] = append(all[name], seconds)
		}
	}
	middle := map[string]float64{}
	for name, seconds := range all {
		middle[name] = process.Middle(seconds)
	}
	return middle
}
