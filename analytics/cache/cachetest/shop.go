package cachetest

import (
	"bytes"
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
	files map[string][]row // by name, with the folder
	job   settings
	night time.Time
	made  int // files so far
	what  []string
	// calm is a shop as most are: its exports grow by files of a day, and what is there seldom
	// changes.
	calm bool
}

// firstNight is one on which no clock has changed.
var firstNight = time.Date(2024, 3, 20, 0, 0, 0, 0, time.UTC)

// folders are those of the exports: each is a source.
var folders = []string{"web", "till"}

// New makes a shop in a folder by the draws of a seed.
func New(dir string, seed uint64) *Shop {
	s := &Shop{dir: dir, draw: rand.New(rand.NewPCG(seed, 19)), files: map[string][]row{}, night: firstNight}
	s.calm = s.chance(0.7)
	s.job = s.settings()
	for _, folder := range s.folders() {
		for range 2 + s.draw.IntN(3) {
			s.addFileTo(folder, s.some())
		}
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

// folders are those that the job reads.
func (s *Shop) folders() []string {
	if s.job.second {
		return folders
	}
	return folders[:1]
}

// some is a number of lines.
func (s *Shop) some() int { return 20 + s.draw.IntN(60) }

// addFile adds an export.
func (s *Shop) addFile() { s.addFileTo(s.pick(s.folders()...), s.some()) }

// addDay adds an export of few rows.
func (s *Shop) addDay() { s.addFileTo(s.pick(s.folders()...), 1+s.draw.IntN(9)) }

func (s *Shop) addFileTo(folder string, lines int) {
	s.made++
	formats := []string{".csv", ".csv", ".csv.gz", ".jsonl", ".parquet"}
	if s.job.fills { // rows of Parquet have no order
		formats = formats[:4]
	}
	name := fmt.Sprintf("%s/e%02d%s", folder, s.made, s.pick(formats...))
	rows := make([]row, lines)
	for i := range rows {
		rows[i] = s.aRow()
		if s.job.fills && i > 0 && s.chance(0.4) {
			further(rows[i], rows[i-1])
		}
	}
	s.files[name] = rows
}

// write writes all files as they are tonight; those that did not change are left alone.
func (s *Shop) write() error {
	for _, part := range slices.Concat([]string{"cached", "plain"}, s.folders()) {
		if err := os.MkdirAll(s.path(part), 0o700); err != nil {
			return err
		}
	}
	if err := s.removeOthers(); err != nil {
		return err
	}
	for _, name := range s.names() {
		content, err := encode(name, s.files[name], s.job.framed)
		if err != nil {
			return err
		}
		if err := writeChanged(s.path(name), content); err != nil {
			return err
		}
	}
	for name, text := range map[string]string{"products.csv": s.products(), "rates.csv": s.rates(), "persons.csv": s.persons()} {
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

// removeOthers removes the exports that are no more.
func (s *Shop) removeOthers() error {
	for _, folder := range s.folders() {
		there, err := os.ReadDir(s.path(folder))
		if err != nil {
			return err
		}
		for _, e := range there {
			if s.files[folder+"/"+e.Name()] != nil {
				continue
			}
			if err := os.Remove(s.path(folder, e.Name())); err != nil {
				return err
			}
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

// persons says which ids are one person: it changes with the night.
func (s *Shop) persons() string {
	var text strings.Builder
	text.WriteString("alias,customer\n")
	for i := range 6 {
		fmt.Fprintf(&text, "k%02d,k%02d\n", 2*i, 21+(i+s.night.Day())%12)
	}
	return text.String()
}

// rates are those until the night: each night brings one.
func (s *Shop) rates() string {
	var text strings.Builder
	whole := 0
	if s.job.otherBank {
		whole = 1
	}
	fmt.Fprintf(&text, "currency,day,rate\nUSD,2020-01-01,%d.9\n", whole)
	for day := firstNight.AddDate(0, 0, -30); day.Before(s.night); day = day.AddDate(0, 0, 5) {
		fmt.Fprintf(&text, "USD,%s,%d.9%d\n", day.Format(time.DateOnly), whole, day.Day())
	}
	return text.String()
}

func writeChanged(path string, content []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, content) {
		return nil
	}
	return os.WriteFile(path, content, 0o600)
}
