package cachetest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Shop is a shop whose exports and job file change from night to night.
type Shop struct {
	dir   string
	draw  *rand.Rand
	files map[string][]row // by name
	job   settings
	night time.Time
	made  int // files so far
	what  []string
	// calm is a shop as most are: its exports grow by files of a day, and what is there seldom
	// changes.
	calm bool
}

// row is a line of an export.
type row struct{ id, order, time, amount, channel, product, currency string }

// settings are those parts of the job file that change.
type settings struct {
	zone, where, returns, duplicates, rejects, asOf, trust string
	order, joins, currencies, stages, worth                bool
	givesBack                                              bool // customers give back what they bought
}

// firstNight is one on which no clock has changed.
var firstNight = time.Date(2024, 3, 20, 0, 0, 0, 0, time.UTC)

// New makes a shop in a folder by the draws of a seed.
func New(dir string, seed uint64) *Shop {
	s := &Shop{dir: dir, draw: rand.New(rand.NewPCG(seed, 19)), files: map[string][]row{}, night: firstNight}
	s.calm = s.chance(0.7)
	s.job = settings{
		zone: "UTC", duplicates: "warn", rejects: "faults", trust: "content",
		order: s.chance(0.5), joins: s.chance(0.4), currencies: s.chance(0.3), asOf: s.pick("", "", "latest"),
	}
	s.job.stages, s.job.worth, s.job.givesBack = s.chance(0.3), s.chance(0.1), !s.calm && s.chance(0.3)
	if s.chance(0.3) {
		s.job.trust = "mtime"
	}
	for range 2 + s.draw.IntN(3) {
		s.addFile()
	}
	return s
}

func (s *Shop) chance(p float64) bool        { return s.draw.Float64() < p }
func (s *Shop) pick(of ...string) string     { return of[s.draw.IntN(len(of))] }
func (s *Shop) names() []string              { return slices.Sorted(maps.Keys(s.files)) }
func (s *Shop) say(format string, of ...any) { s.what = append(s.what, fmt.Sprintf(format, of...)) }
func (s *Shop) path(parts ...string) string {
	return filepath.Join(append([]string{s.dir}, parts...)...)
}
func (s *Shop) customer() string       { return fmt.Sprintf("k%02d", s.draw.IntN(40)) }
func (s *Shop) day(last int) time.Time { return s.night.AddDate(0, 0, last-s.draw.IntN(200)) }

// aRow draws a line: most are sound.
func (s *Shop) aRow() row {
	r := row{
		id: s.customer(), order: fmt.Sprintf("o%03d", s.draw.IntN(300)), time: s.day(0).Format("2006-01-02 15:04"),
		amount: fmt.Sprintf("%d.%02d", 1+s.draw.IntN(90), s.draw.IntN(100)), channel: s.pick("web", "shop", "void"),
		product: fmt.Sprintf("p%d", s.draw.IntN(9)), currency: s.pick("EUR", "USD"),
	}
	switch s.draw.IntN(24) {
	case 0:
		r.id = ""
	case 1:
		r.amount = s.pick("", "0", "n/a", "1,250.00")
		if s.job.givesBack {
			r.amount = "-12.50"
		}
	case 2:
		if s.calm { // others may be read on another night
			r.time = s.pick("", "soon", "2024-02-30")
			break
		}
		r.time = s.pick("", "soon", "2024-02-30", "45371", "1711000000", "46200", "0013-02-10", "20240311101500")
	case 3:
		if s.calm && !s.chance(0.02) {
			break
		}
		r.time = s.night.AddDate(0, 0, s.draw.IntN(6)).Format("2006-01-02") + s.pick("T23:30:00Z", " 23:30", "T01:10:00+05:00")
	case 4:
		if s.calm {
			break
		}
		r.amount, r.time = "", s.night.AddDate(0, 0, 2).Format(time.DateOnly)
	}
	return r
}

// addFile adds an export.
func (s *Shop) addFile() { s.addFileOf(20 + s.draw.IntN(60)) }

// addDay adds an export of few rows.
func (s *Shop) addDay() { s.addFileOf(1 + s.draw.IntN(9)) }

func (s *Shop) addFileOf(lines int) {
	s.made++
	name := fmt.Sprintf("e%02d%s", s.made, s.pick(".csv", ".csv", ".csv", ".csv.gz", ".jsonl"))
	rows := make([]row, lines)
	for i := range rows {
		rows[i] = s.aRow()
	}
	s.files[name] = rows
}

// write writes all files as they are tonight; those that did not change are left alone.
func (s *Shop) write() error {
	for _, part := range []string{"data", "cached", "plain"} {
		if err := os.MkdirAll(s.path(part), 0o700); err != nil {
			return err
		}
	}
	there, err := os.ReadDir(s.path("data"))
	if err != nil {
		return err
	}
	for _, e := range there {
		if s.files[e.Name()] == nil {
			if err := os.Remove(s.path("data", e.Name())); err != nil {
				return err
			}
		}
	}
	for _, name := range s.names() {
		if err := writeChanged(s.path("data", name), encode(name, s.files[name])); err != nil {
			return err
		}
	}
	for name, text := range map[string]string{"products.csv": s.products(), "rates.csv": s.rates()} {
		if err := writeChanged(s.path(name), []byte(text)); err != nil {
			return err
		}
	}
	for folder, cache := range map[string]string{"cached": "cache: {dir: .cache, trust: " + s.job.trust + "}\n", "plain": ""} {
		if err := os.WriteFile(s.path(folder, "job.yaml"), []byte(s.jobFile()+cache), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// products are joined to the exports: they change with the month of the night.
func (s *Shop) products() string {
	var text strings.Builder
	text.WriteString("product,kind,listed\n")
	for i := range 9 {
		fmt.Fprintf(&text, "p%d,kind%d,%d\n", i, (i+int(s.night.Month()))%3, 10*i)
	}
	return text.String()
}

// rates are those until the night: each night brings one.
func (s *Shop) rates() string {
	var text strings.Builder
	text.WriteString("currency,day,rate\nUSD,2020-01-01,0.9\n")
	for day := firstNight.AddDate(0, 0, -30); day.Before(s.night); day = day.AddDate(0, 0, 5) {
		fmt.Fprintf(&text, "USD,%s,0.9%d\n", day.Format(time.DateOnly), day.Day())
	}
	return text.String()
}

// encode writes rows in the format that a name says.
func encode(name string, rows []row) []byte {
	var text bytes.Buffer
	if strings.HasSuffix(name, ".jsonl") {
		for _, r := range rows {
			fmt.Fprintf(&text, "{\"id\":%q,\"order\":%q,\"time\":%q,\"amount\":%q,\"channel\":%q,\"product\":%q,\"currency\":%q}\n",
				r.id, r.order, r.time, r.amount, r.channel, r.product, r.currency)
		}
		return text.Bytes()
	}
	text.WriteString("id,order,time,amount,channel,product,currency\n")
	for _, r := range rows {
		fmt.Fprintf(&text, "%s,%s,%s,%q,%s,%s,%s\n", r.id, r.order, r.time, r.amount, r.channel, r.product, r.currency)
	}
	if !strings.HasSuffix(name, ".gz") {
		return text.Bytes()
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(text.Bytes()) // into memory
	_ = z.Close()
	return packed.Bytes()
}

func writeChanged(path string, text []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return nil
	}
	return os.WriteFile(path, text, 0o600)
}

// jobFile is the job of tonight, without a cache.
func (s *Shop) jobFile() string {
	j := s.job
	var text strings.Builder
	line := func(format string, of ...any) { fmt.Fprintf(&text, format+"\n", of...) }
	asOf := j.asOf
	if asOf == "" {
		asOf = s.night.Format(time.DateOnly)
	}
	line("name: shop\nas_of: %s\ntimezone: %s\ncurrency: EUR\npyramid: off\noutput: {report: false, rejects: %s, formats: [csv]}", asOf, j.zone, j.rejects)
	if !j.worth {
		line("clv: off")
	}
	if !j.stages {
		line("stages: off")
	}
	if j.currencies {
		line("rates: ../rates.csv")
	}
	line("sources:\n  - path: ../data\n    malformed: 1\n    duplicates: %s\n    columns:\n      customer: id\n      time: time\n      amount: amount\n      channel: channel\n      product: product", j.duplicates)
	if j.order {
		line("      order: order")
	}
	if j.currencies {
		line("      currency: currency")
	}
	if j.joins {
		line("      region: kind\n      category: kind\n    join: [{path: ../products.csv, \"on\": product}]")
	}
	if j.where != "" {
		line("    where: %s", j.where)
	}
	if j.returns != "" {
		line("    returns: %s", j.returns)
	}
	return text.String()
}
