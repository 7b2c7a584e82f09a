package main

import (
	"bytes"
	"fmt"

	"clientele/benchmarks/process"
)

// The most CPU that a night should take, over that of DuckDB alone; and how many times ours
// the rival should take.
const (
	aimFirst = 2.0
	aimNext  = 1.5
	aimGrown = 0.5 // with a cache and 1% new rows
	aimRival = 10
)

// printAims sets the ratios of CPU beside what they should be.
func (r report) printAims(b *bytes.Buffer) {
	b.WriteString("\n| CPU | ratio | aim | |\n|---|---:|---:|---|\n")
	for _, t := range r.trials {
		floor := process.Median(t.duckdb).CPU.Seconds()
		aim(b, t.format+": first night over DuckDB alone", process.Median(t.clientele).CPU.Seconds()/floor, aimFirst, false)
		aim(b, t.format+": next night over DuckDB alone", process.Median(t.next).CPU.Seconds()/floor, aimNext, false)
		aim(b, t.format+": incremental night over DuckDB alone", process.Median(t.grown).CPU.Seconds()/floor, aimGrown, false)
	}
	if r.rivalry != nil {
		aim(b, "pandas + lifetimes over first night", r.rivalry.rival.CPU.Seconds()/r.rivalry.ours.CPU.Seconds(), aimRival, true)
	}
}

// aim says whether a ratio is where it should be: at most at its aim, or at least.
func aim(b *bytes.Buffer, what string, ratio, aim float64, atLeast bool) {
	sign, met := "≤", ratio <= aim
	if atLeast {
		sign, met = "≥", ratio >= aim
	}
	verdict := "met"
	if !met {
		verdict = fmt.Sprintf("not met: %.1f times as much", max(ratio/aim, aim/ratio))
	}
	fmt.Fprintf(b, "| %s | %.2f | %s %.1f | %s |\n", what, ratio, sign, aim, verdict)
}
