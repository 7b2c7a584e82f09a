package main

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os/exec"
	"runtime"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"

	"clientele/benchmarks/process"
)

// report is everything that is printed: Markdown, so that it can be kept as it
// is.
type report struct {
	options
	peers, leftOut        []string
	fits, scores, streams []trial
}

// print writes the report. Every figure is a median over the rounds; a ratio
// is one of medians.
func (r report) print(out io.Writer) error {
	var b bytes.Buffer
	versions := append([]string{process.Machine(), runtime.Version(), "commit " + commit()}, r.peers...)
	fmt.Fprintf(&b, "Medians of %s. %s.", english.Plural(r.rounds, "round", ""), strings.Join(versions, ", "))
	for _, why := range r.leftOut {
		b.WriteString(" " + why)
	}
	b.WriteString("\n\n")
	r.printFits(&b)
	r.printScores(&b)
	r.printStreams(&b)
	_, err := out.Write(b.Bytes())
	return err
}

// commit is that of the working copy, + where it holds changes; unknown outside
// of one.
func commit() string {
	hash, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return "unknown"
	}
	text := strings.TrimSpace(string(hash))
	if exec.Command("git", "diff", "--quiet", "HEAD").Run() != nil {
		text += "+"
	}
	return text
}

func (r report) printFits(b *bytes.Buffer) {
	b.WriteString("## Fits\n\n| customers | model | program | wall s | CPU s | peak MiB | log-likelihood | below the best |\n" +
		"|---:|---|---|---:|---:|---:|---:|---:|\n")
	for _, t := range r.fits {
		for _, e := range t.entries {
			t.printUsage(b, e)
			fmt.Fprintf(b, " %.3f | %s |\n", e.logLikelihood, below(t.best(), e.logLikelihood))
		}
		t.printRatios(b, " | |")
	}
	b.WriteString("\nLog-likelihoods are those of package clv at each program's parameters.")
	for _, t := range r.fits {
		for _, failure := range t.failures {
			fmt.Fprintf(b, " %s.", failure)
		}
		for _, e := range t.entries {
			if e.fitted.Note != "" {
				fmt.Fprintf(b, " %s says of its fit of %s to %s customers: %s.", e.program, t.model, humanize.Comma(int64(t.customers)), e.fitted.Note)
			}
			if own := e.fitted.LogLikelihood; !(math.Abs(own-e.logLikelihood) <= disagreement*math.Abs(own)) {
				fmt.Fprintf(b, " %s makes its own of %s over %s customers %.3f.",
					e.program, t.model, humanize.Comma(int64(t.customers)), own)
			}
		}
	}
	b.WriteString("\n\n")
}

// disagreement is from where on two programs' log-likelihoods of one model at
// one point count as different, relative to their size.
const disagreement = 1e-8

// below writes how far a log-likelihood is below the best, 0 where only
// rounding keeps them apart.
func below(best, v float64) string {
	if best-v <= rounding*math.Abs(best) {
		return "0"
	}
	return fmt.Sprintf("%.2g", best-v)
}

func (r report) printScores(b *bytes.Buffer) {
	b.WriteString("## Scoring\n\n| customers | model | program | wall s | CPU s | peak MiB |\n|---:|---|---|---:|---:|---:|\n")
	for _, t := range r.scores {
		for _, e := range t.entries {
			t.printUsage(b, e)
			b.WriteString("\n")
		}
		t.printRatios(b, "")
	}
	b.WriteString("\n")
	for _, t := range r.scores {
		for _, failure := range t.failures {
			fmt.Fprintf(b, "- %s.\n", failure)
		}
		for _, e := range t.entries[1:] {
			a := e.agreement
			fmt.Fprintf(b, "- %s, %s customers: %s gives no number for %s and another one than clientele for %s.\n", t.model,
				humanize.Comma(int64(a.Customers)), name(e.program), humanize.Comma(int64(a.Undefined)), humanize.Comma(int64(a.Apart)))
		}
	}
	b.WriteString("\n")
}

func (r report) printStreams(b *bytes.Buffer) {
	fmt.Fprintf(b, "## Streaming in shards of %s\n\n| customers | model | wall s | CPU s | peak MiB |\n|---:|---|---:|---:|---:|\n", humanize.Comma(shardRows))
	for _, t := range r.streams {
		u := process.Median(t.entries[0].usage)
		fmt.Fprintf(b, "| %s | %s | %.2f | %.2f | %.0f |\n",
			humanize.Comma(int64(t.customers)), t.title(), u.Wall.Seconds(), u.CPU.Seconds(), u.PeakMiB)
	}
}

// title is the model, and how it is scored where that is not the plain way.
func (t trial) title() string {
	if t.variant == "" || t.variant == variants[0].name {
		return t.model
	}
	return t.model + ", " + t.variant
}

// printUsage writes the part of a line that all tables share.
func (t trial) printUsage(b *bytes.Buffer, e entry) {
	u := process.Median(e.usage)
	fmt.Fprintf(b, "| %s | %s | %s | %.2f | %.2f | %.0f |", humanize.Comma(int64(t.customers)), t.title(), name(e.program),
		u.Wall.Seconds(), u.CPU.Seconds(), u.PeakMiB)
}

// printRatios writes what each peer took as a multiple of what clientele took.
func (t trial) printRatios(b *bytes.Buffer, rest string) {
	ours := process.Median(t.entries[0].usage)
	for _, e := range t.entries[1:] {
		u := process.Median(e.usage)
		fmt.Fprintf(b, "| %s | %s | **%s / clientele** | **%.1f** | **%.1f** | **%.1f** |%s\n", humanize.Comma(int64(t.customers)), t.title(),
			name(e.program), u.Wall.Seconds()/ours.Wall.Seconds(), u.CPU.Seconds()/ours.CPU.Seconds(), u.PeakMiB/ours.PeakMiB, rest)
	}
}

// name is a program's name without its version.
func name(program string) string {
	first, _, _ := strings.Cut(program, " ")
	return first
}
