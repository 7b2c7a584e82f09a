package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// print prints a table of all shops in Markdown: the share of each kind that is in
// decline on the last night. Where there are counts of before, each cell has them
// first.
func print(out io.Writer, before, now []result) {
	t := table{out, before, now}
	t.shares("In decline on the last night", func(r row) int { return r.Called })
	if differs(now) {
		t.shares("In decline on any of the nights", func(r row) int { return r.Ever })
	}
	t.shares("On watch on the last night", func(r row) int { return r.Watched })
}

// differs tells whether anybody was called on an earlier night only.
func differs(of []result) bool {
	for _, r := range of {
		for _, k := range r.Rows {
			if k.Ever != k.Called {
				return true
			}
		}
	}
	return false
}

type table struct {
	out         io.Writer
	before, now []result
}

func (t table) shares(title string, of func(r row) int) {
	fmt.Fprintf(t.out, "\n#### %s\n\n| customers |", title)
	for _, r := range t.now {
		fmt.Fprintf(t.out, " %s |", r.Shop)
	}
	fmt.Fprintf(t.out, "\n|---|%s\n", strings.Repeat("---|", len(t.now)))
	for i, k := range kinds {
		t.line(k.name, func(r result) string { return share(of(r.Rows[i]), r.Rows[i].Customers) })
	}
	t.line("**false share of the list** (all of it)", func(r result) string {
		wrong, all := 0, 0
		for _, k := range r.Rows {
			all += of(k)
			if k.steady {
				wrong += of(k)
			}
		}
		return fmt.Sprintf("%s (%d)", share(wrong, all), all)
	})
}

// line is what each shop has of something; of a kind that no shop has there is none.
func (t table) line(name string, of func(r result) string) {
	cells, some := []string{name}, false
	for _, r := range t.now {
		text := of(r)
		some = some || text != ""
		if b, there := named(t.before, r.Shop); there && text != "" {
			text = of(b) + " → " + text
		}
		cells = append(cells, text)
	}
	if some {
		fmt.Fprintf(t.out, "| %s |\n", strings.Join(cells, " | "))
	}
}

func named(of []result, shop string) (result, bool) {
	for _, r := range of {
		if r.Shop == shop {
			return r, true
		}
	}
	return result{}, false
}

func share(n, of int) string {
	if of == 0 {
		return ""
	}
	return strings.Replace(fmt.Sprintf("%.3f", float64(n)/float64(of)), "0.", ".", 1)
}

func readResults(path string) (of []result, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &of); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, r := range of {
		if len(r.Rows) != len(kinds) {
			return nil, fmt.Errorf("%s: it has %d kinds of customers, expected %d", path, len(r.Rows), len(kinds))
		}
		for i, k := range kinds {
			r.Rows[i].steady = k.truth == steady
		}
	}
	return of, nil
}

// writeResults writes one line per shop.
func writeResults(path string, of []result) error {
	text := []byte("[")
	for i, r := range of {
		if i > 0 {
			text = append(text, ',')
		}
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		text = append(append(text, '\n'), line...)
	}
	return os.WriteFile(path, append(text, "\n]\n"...), 0o644)
}
