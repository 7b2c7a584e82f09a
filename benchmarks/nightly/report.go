package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"
)

// report is everything that is printed: Markdown, so that it can be kept as it
// is.
type report struct {
	customers, rounds int
	duckDB            string
	trials            []*trial
}

// print writes the report. Every figure is a median over the rounds; a ratio
// is one of medians.
func (r report) print(out io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s customers, medians of %s. %s, %s, DuckDB %s.\n\n",
		humanize.Comma(int64(r.customers)), english.Plural(r.rounds, "round", ""), machine(), runtime.Version(), r.duckDB)
	b.WriteString("| export | program | wall s | CPU s | peak MiB |\n|---|---|---:|---:|---:|\n")
	for _, t := range r.trials {
		ours, floor := median(t.clientele), median(t.duckdb)
		name := fmt.Sprintf("%s, %s rows", t.format, humanize.Comma(t.rows))
		row(&b, name, "clientele run", ours)
		row(&b, name, "DuckDB alone", floor)
		fmt.Fprintf(&b, "| %s | **ratio** | **%.2f** | **%.2f** | **%.2f** |\n", name,
			ours.wall.Seconds()/floor.wall.Seconds(), ours.cpu.Seconds()/floor.cpu.Seconds(), ours.peakMiB/floor.peakMiB)
	}
	b.WriteString("\nThe two gave the same values for all customers.\n\n")
	r.printStages(&b)
	_, err := out.Write(b.Bytes())
	return err
}

// printStages shows where clientele spent its time, longest first by the first
// export.
func (r report) printStages(b *bytes.Buffer) {
	head, rule := "| stage of clientele run, wall s |", "|---|"
	for _, t := range r.trials {
		head, rule = head+" "+t.format+" |", rule+"---:|"
	}
	fmt.Fprintf(b, "%s\n%s\n", head, rule)
	first := r.trials[0].stages()
	byTime := func(a, b string) int { return cmp.Or(cmp.Compare(first[b], first[a]), strings.Compare(a, b)) }
	for _, name := range slices.SortedFunc(maps.Keys(first), byTime) {
		fmt.Fprintf(b, "| %s |", name)
		for _, t := range r.trials {
			fmt.Fprintf(b, " %.2f |", t.stages()[name])
		}
		b.WriteString("\n")
	}
}

func row(b *bytes.Buffer, export, program string, u usage) {
	fmt.Fprintf(b, "| %s | %s | %.2f | %.2f | %.0f |\n", export, program, u.wall.Seconds(), u.cpu.Seconds(), u.peakMiB)
}

// stages are the medians of the stages' seconds.
func (t *trial) stages() map[string]float64 {
	all := map[string][]float64{}
	for _, round := range t.phases {
		for name, seconds := range round {
			all[name] = append(all[name], seconds)
		}
	}
	medians := map[string]float64{}
	for name, seconds := range all {
		medians[name] = middle(seconds)
	}
	return medians
}

// median takes each figure's median by itself.
func median(rounds []usage) usage {
	return usage{
		wall:    middle(column(rounds, func(u usage) time.Duration { return u.wall })),
		cpu:     middle(column(rounds, func(u usage) time.Duration { return u.cpu })),
		peakMiB: middle(column(rounds, func(u usage) float64 { return u.peakMiB })),
	}
}

func column[T any](rounds []usage, of func(usage) T) []T {
	values := make([]T, len(rounds))
	for i, u := range rounds {
		values[i] = of(u)
	}
	return values
}

// middle is the median of values: with an even number, the mean of the two in
// the middle.
func middle[T ~int64 | ~float64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// machine says how many cores and how much memory there are, where the system
// tells.
func machine() string {
	cores := fmt.Sprintf("%d cores", runtime.NumCPU())
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return cores
	}
	var kib float64
	if _, err := fmt.Sscanf(string(text), "MemTotal: %f kB", &kib); err != nil {
		return cores
	}
	return fmt.Sprintf("%s, %.0f GiB", cores, kib/(1<<20))
}
