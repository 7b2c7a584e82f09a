package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clientele/segment"
)

// export is a file of transactions, and where to split it in time.
type export struct {
	path            string
	customer, day   string   // names of columns
	layout          string   // of the days
	quantity, price string   // columns of lines that count only above 0; empty: all count
	splits          []string // the nights of the stages
	after           int32    // days that are looked at after each
}

// exports are the real data that the study knows, within a folder.
func exports(dir string) []export {
	return []export{
		{
			path: filepath.Join(dir, "cdnow_master.csv"), customer: "customer_id", day: "date", layout: time.DateOnly,
			splits: []string{"1997-09-30", "1997-12-31", "1998-03-31"}, after: 91,
		},
		{
			path: filepath.Join(dir, "uci-online-retail.csv.gz"), customer: "CustomerID", day: "InvoiceDate", layout: "2006-01-02 15:04:05",
			quantity: "Quantity", price: "UnitPrice",
			splits: []string{"2011-05-31", "2011-06-30", "2011-07-31", "2011-08-31", "2011-09-30"}, after: 70,
		},
	}
}

// read reads the purchase days of all customers; spend is left out.
func (e export) read() (p segment.Purchases, err error) {
	f, err := os.Open(e.path)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var in io.Reader = f
	if strings.HasSuffix(e.path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return p, err
		}
	}
	days, err := e.daysOf(csv.NewReader(in))
	if err != nil {
		return p, fmt.Errorf("%s: %w", e.path, err)
	}
	p.Start = []int64{0}
	for _, id := range slices.Sorted(maps.Keys(days)) {
		d := days[id]
		slices.Sort(d)
		p.Days = append(p.Days, slices.Compact(d)...)
		p.Start = append(p.Start, int64(len(p.Days)))
	}
	return p, nil
}

func (e export) daysOf(lines *csv.Reader) (map[string][]int32, error) {
	header, err := lines.Read()
	if err != nil {
		return nil, err
	}
	at := func(name string) int { return slices.Index(header, name) }
	customer, day := at(e.customer), at(e.day)
	if customer < 0 || day < 0 {
		return nil, fmt.Errorf("columns %q and %q are wanted; there are %q", e.customer, e.day, header)
	}
	days := map[string][]int32{}
	for {
		line, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return days, nil
		}
		if err != nil {
			return nil, err
		}
		if line[customer] == "" || e.quantity != "" && (!above0(line[at(e.quantity)]) || !above0(line[at(e.price)])) {
			continue
		}
		d, err := dayNumber(e.layout, line[day])
		if err != nil {
			return nil, err
		}
		days[line[customer]] = append(days[line[customer]], d)
	}
}

func above0(number string) bool {
	return number != "" && number[0] != '-' && strings.Trim(number, "0.") != ""
}

func dayNumber(layout, text string) (int32, error) {
	t, err := time.Parse(layout, text)
	return int32(t.Unix() / 86_400), err
}
