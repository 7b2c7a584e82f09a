package main

import (
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"clientele/benchmarks/studies/published"
)

// visit is what a customer did on one day.
type visit struct {
	day    int32
	bought bool    // and not only gave back
	net    float64 // bought less given back
}

// visits are those of each customer, in order of days. They are read from the
// export by this program alone: what is to be judged has no part in it.
type visits map[string][]visit

func (s set) visits(folder string) (v visits, err error) {
	path := filepath.Join(folder, s.File)
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	if v, err = s.read.visits(csv.NewReader(in)); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return v, nil
}

func (c columns) visits(in *csv.Reader) (visits, error) {
	header, err := in.Read()
	if err != nil {
		return nil, err
	}
	in.ReuseRecord = true
	v, line := visits{}, map[string]string{}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		for i, name := range header {
			line[name] = record[i]
		}
		if line[c.customer] == "" {
			continue
		}
		if err := c.add(v, line); err != nil {
			return nil, err
		}
	}
	for id, days := range v {
		v[id] = merge(days)
	}
	return v, nil
}

func (c columns) add(v visits, line map[string]string) error {
	day, err := published.Day(line[c.day])
	if err != nil {
		return err
	}
	amount := 1.
	for _, name := range []string{c.amount, c.times} {
		if name == "" {
			continue
		}
		factor, err := strconv.ParseFloat(line[name], 64)
		if err != nil {
			return err
		}
		amount *= factor
	}
	id := strings.Clone(line[c.customer])
	if c.number {
		id = strings.TrimSuffix(id, ".0")
	}
	v[id] = append(v[id], visit{day, c.returned == nil || !c.returned(line), amount})
	return nil
}

// merge makes one visit of all of a day.
func merge(days []visit) []visit {
	slices.SortStableFunc(days, func(a, b visit) int { return cmp.Compare(a.day, b.day) })
	out := days[:0]
	for _, d := range days {
		if n := len(out); n > 0 && out[n-1].day == d.day {
			out[n-1].bought = out[n-1].bought || d.bought
			out[n-1].net += d.net
		} else {
			out = append(out, d)
		}
	}
	return out
}

// between are the purchases, and the money, from the day after one to another.
func (v visits) between(id string, after, until int32) (purchases, net float64) {
	for _, d := range v[id] {
		if d.day > after && d.day <= until {
			net += d.net
			if d.bought {
				purchases++
			}
		}
	}
	return purchases, net
}

// check compares what a night counted with what this program read: two who read
// one export and disagree would be judged by the wrong customers.
func (v visits) check(n published.Night) error {
	for _, c := range n.Customers {
		if purchases, _ := v.between(c.ID, -1<<31, n.Day); c.X+1 != purchases {
			return fmt.Errorf("a customer has %v purchase days in the publication and %v in the export", c.X+1, purchases)
		}
	}
	return nil
}
