package main

import (
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"clientele/clv"
	"clientele/segment"
)

// export is a file of transactions, and where to split it in time.
type export struct {
	path            string
	customer, day   string // names of columns
	layout          string // of the days
	splitOn, endOn  string // the night of the stages, and the last day of what came after
	quantity, price string // columns of lines that count only above 0; empty: all count
}

// read reads purchase days up to the end; spend is left out.
func (e export) read() (p segment.Purchases, split, end int32, err error) {
	f, err := os.Open(e.path)
	if err != nil {
		return p, 0, 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var in io.Reader = f
	if strings.HasSuffix(e.path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return p, 0, 0, err
		}
	}
	days, err := e.daysOf(csv.NewReader(in))
	if err != nil {
		return p, 0, 0, fmt.Errorf("%s: %w", e.path, err)
	}
	split, errSplit := dayNumber(time.DateOnly, e.splitOn)
	end, errEnd := dayNumber(time.DateOnly, e.endOn)
	if err := errors.Join(errSplit, errEnd); err != nil {
		return p, 0, 0, err
	}
	p.Start = []int64{0}
	ids := make([]string, 0, len(days))
	for id := range days {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		d := days[id]
		slices.Sort(d)
		d = slices.Compact(d)
		if d[0] > split { // not yet a customer
			continue
		}
		p.Days = append(p.Days, d...)
		p.Start = append(p.Start, int64(len(p.Days)))
	}
	return p, split, end, nil
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

// after is what a customer with two purchases or more did after the split.
type after struct {
	purchases int // until the split
	firstDay  int32
	silence   int32
	pAlive    float64
	called    bool
	later     float64 // purchases after it
	missed    float64 // fewer than at the former rate
}

// verdict compares those called in decline with others.
type verdict struct {
	customers, called  int
	later, calledLater float64 // mean purchases after the split: of all, of those called

	// matched is the ratio of purchases after the split of those called to that of
	// customers with as many purchases and as long a tenure, of the same recency
	// too in sameRecency; with 95% bootstrap intervals.
	matched, sameRecency interval
	// toAlive is how many purchases fewer than at their former rate (that from the
	// first to the last purchase) those called made, over the same of the least
	// alive by a lifetime model, as many as were called.
	toAlive interval
	// gone is the share who never bought again: of those called, of the least
	// alive.
	gone, aliveGone float64
}

type interval struct{ value, low, high float64 }

func (i interval) String() string { return fmt.Sprintf("%.2f (%.2f-%.2f)", i.value, i.low, i.high) }

// holdout calls declines at the split and looks what came after.
func (e export) holdout(workers int) (verdict, error) {
	all, split, end, err := e.read()
	if err != nil {
		return verdict{}, err
	}
	record, err := segment.FollowStages(all, nil, split, segment.StageRules{}, workers)
	if err != nil {
		return verdict{}, err
	}
	var customers []after
	var panel clv.Panel
	for i := range all.Len() {
		days := all.Days[all.Start[i]:all.Start[i+1]]
		n, last := 0, 0
		for _, d := range days {
			if d <= split {
				n++
			}
			if d <= end {
				last++
			}
		}
		panel.X = append(panel.X, float64(n-1))
		panel.TX = append(panel.TX, float64(days[n-1]-days[0])/7)
		panel.T = append(panel.T, float64(split-days[0])/7)
		customers = append(customers, after{
			purchases: n, firstDay: days[0], silence: split - days[n-1],
			called: record.Lives[i].Stage == segment.Declining, later: float64(last - n),
			missed: float64(n-1)/float64(max(days[n-1]-days[0], 1))*float64(end-split) - float64(last-n),
		})
	}
	fit, err := clv.FitModel("pareto-nbd", panel, workers)
	if err != nil && !errors.Is(err, clv.ErrNotIdentified) {
		return verdict{}, err
	}
	scores := clv.Score(fit.Model, panel, clv.ScoreOptions{Horizon: 26})
	for i := range customers {
		customers[i].pAlive = scores.PAlive[i]
	}
	customers = slices.DeleteFunc(customers, func(c after) bool { return c.purchases < 2 })
	return judge(customers), nil
}

func judge(customers []after) verdict {
	v := verdict{customers: len(customers)}
	byAlive := slices.Clone(customers)
	slices.SortStableFunc(byAlive, func(a, b after) int { return cmp.Compare(a.pAlive, b.pAlive) })
	var called []after
	for _, c := range customers {
		v.later += c.later / float64(len(customers))
		if c.called {
			called = append(called, c)
		}
	}
	v.called = len(called)
	alive := byAlive[:v.called]
	v.calledLater = meanLater(called)
	v.gone, v.aliveGone = gone(called), gone(alive)
	v.matched = bootstrap(customers, func(sample []after) float64 { return matchedRatio(sample, byVolume) })
	v.sameRecency = bootstrap(customers, func(sample []after) float64 { return matchedRatio(sample, byRecency) })
	v.toAlive = bootstrap(customers, aliveRatio)
	return v
}

func meanLater(c []after) float64 {
	sum := 0.0
	for _, x := range c {
		sum += x.later
	}
	return sum / float64(len(c))
}

func gone(c []after) float64 {
	n := 0
	for _, x := range c {
		if x.later == 0 {
			n++
		}
	}
	return float64(n) / float64(len(c))
}

// byVolume are customers with about as many purchases and as long a tenure.
func byVolume(c after) [3]int { return [3]int{half(c.purchases), int(c.firstDay) / 60} }

// byRecency are those of them who have been silent for about as long.
func byRecency(c after) [3]int {
	return [3]int{half(c.purchases), int(c.firstDay) / 60, half(int(c.silence) + 7)}
}

// half numbers classes of half an octave.
func half(n int) int { return int(2 * math.Log2(float64(n))) }

// matchedRatio compares those called with those who are not, in each class of
// customers who have both, weighted by those called.
func matchedRatio(customers []after, class func(after) [3]int) float64 {
	type sums struct{ called, calledLater, others, othersLater float64 }
	classes := map[[3]int]*sums{}
	for _, c := range customers {
		key := class(c)
		s := classes[key]
		if s == nil {
			s = &sums{}
			classes[key] = s
		}
		if c.called {
			s.called++
			s.calledLater += c.later
		} else {
			s.others++
			s.othersLater += c.later
		}
	}
	var got, expected float64
	for _, s := range classes {
		if s.called > 0 && s.others > 0 {
			got += s.calledLater
			expected += s.called * s.othersLater / s.others
		}
	}
	return got / expected
}

// aliveRatio compares what those called failed to buy with what as many least
// alive failed to.
func aliveRatio(customers []after) float64 {
	sorted := slices.Clone(customers)
	slices.SortStableFunc(sorted, func(a, b after) int { return cmp.Compare(a.pAlive, b.pAlive) })
	var called, alive float64
	n := 0
	for _, c := range sorted {
		if c.called {
			called += c.missed
			n++
		}
	}
	for _, c := range sorted[:n] {
		alive += c.missed
	}
	return called / alive
}

func bootstrap(customers []after, statistic func([]after) float64) interval {
	const rounds = 400
	dice := rand.New(rand.NewPCG(1, 0))
	sample, values := make([]after, len(customers)), make([]float64, rounds)
	for r := range values {
		for i := range sample {
			sample[i] = customers[dice.IntN(len(customers))]
		}
		values[r] = statistic(sample)
	}
	slices.Sort(values)
	return interval{statistic(customers), values[rounds/40], values[rounds-1-rounds/40]}
}

func (v verdict) print(out io.Writer, name string) {
	fmt.Fprintf(out, "| %s | %d | %d | %.2f | %.2f | %v | %v | %v | %.0f%% | %.0f%% |\n", name, v.customers, v.called,
		v.later, v.calledLater, v.matched, v.sameRecency, v.toAlive, 100*v.gone, 100*v.aliveGone)
}
