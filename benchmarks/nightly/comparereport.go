package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"

	"github.com/dustin/go-humanize"
	"github.com/dustin/go-humanize/english"

	"clientele/benchmarks/process"
)

// print writes what the versions took as Markdown. Every figure is a median over the rounds;
// a ratio is one of medians, the working tree over the commit.
func (c comparison) print(out io.Writer, all []*contest) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s customers, medians of %s. %s, %s.\n\n",
		humanize.Comma(int64(c.customers)), english.Plural(c.rounds, "round", ""), process.Machine(), runtime.Version())
	b.WriteString("| export | program | wall s | CPU s | peak MiB |\n|---|---|---:|---:|---:|\n")
	for _, one := range all {
		for night, what := range [2]string{"first night", "next night"} {
			export := fmt.Sprintf("%s, %s rows, %s", one.format, humanize.Comma(one.rows), what)
			old, now := process.Median(one.versions[0].nights[night].usage), process.Median(one.versions[1].nights[night].usage)
			row(&b, export, one.versions[0].name, old)
			row(&b, export, one.versions[1].name, now)
			ratio(&b, export, "ratio", now, old)
		}
	}
	for _, one := range all {
		one.printStages(&b)
	}
	_, err := out.Write(b.Bytes())
	return err
}

// printStages shows where each version spent its time. A stage that one of them does not
// have took it no time.
func (c *contest) printStages(b *bytes.Buffer) {
	old, now := c.versions[0], c.versions[1]
	fmt.Fprintf(b, "\n| %s: stage, wall s | first night, %s | %s | next night, %s | %s |\n|---|---:|---:|---:|---:|\n",
		c.format, old.name, now.name, old.name, now.name)
	var columns []map[string]float64
	names := map[string]bool{}
	for night := range old.nights {
		for _, v := range c.versions {
			of := medians(v.nights[night].phases)
			columns = append(columns, of)
			for name := range of {
				names[name] = true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintf(b, "| %s |", name)
		for _, of := range columns {
			fmt.Fprintf(b, " %.2f |", of[name])
		}
		b.WriteString("\n")
	}
}
