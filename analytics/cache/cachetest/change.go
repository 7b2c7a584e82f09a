package cachetest

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// change is one thing that may happen between two nights.
type change struct {
	name string
	do   func(*Shop) error
}

func plain(do func(*Shop)) func(*Shop) error {
	return func(s *Shop) error {
		do(s)
		return nil
	}
}

// usual is what happens on most nights of a calm shop.
var usual = []change{
	{"a new file of few rows", plain((*Shop).addDay)},
	{"a new file of few rows", plain((*Shop).addDay)},
	{"a new file", plain((*Shop).addFile)},
	{"nothing", plain(func(*Shop) {})},
	{"an earlier night", plain((*Shop).anotherDay)},
}

// changes are all that may happen.
var changes = []change{
	{"a new file", plain((*Shop).addFile)},
	{"late rows", plain(func(s *Shop) {
		name := s.aFile()
		s.files[name] = append(slices.Clone(s.files[name]), s.aRow(), s.aRow())
	})},
	{"rows taken away", plain(func(s *Shop) { name := s.aFile(); s.files[name] = s.files[name][:1+len(s.files[name])/2] })},
	{"one cell changed", plain(func(s *Shop) {
		name := s.aFile()
		s.files[name] = slices.Clone(s.files[name])
		s.files[name][0] = s.aRow()
	})},
	{"a file removed", plain(func(s *Shop) {
		name := s.aFile()
		folder, _, _ := strings.Cut(name, "/")
		if len(slices.DeleteFunc(s.names(), func(n string) bool { return !strings.HasPrefix(n, folder+"/") })) > 1 {
			delete(s.files, name)
		}
	})},
	{"a file twice", plain(func(s *Shop) { name := s.aFile(); s.files[beside(name, "again-")] = s.files[name] })},
	{"a file renamed", plain(func(s *Shop) {
		name := s.aFile()
		rows := s.files[name]
		delete(s.files, name)
		s.files[beside(name, "as-")] = rows
	})},
	{"rows of one file in another", plain(func(s *Shop) {
		one, other := s.aFile(), s.aFile()
		s.files[one] = append(slices.Clone(s.files[one]), s.files[other][:min(5, len(s.files[other]))]...)
	})},
	{"a customer erased", plain((*Shop).erase)},
	{"written again as it was", func(s *Shop) error {
		path := s.path(s.aFile())
		if _, err := os.Stat(path); err != nil {
			return nil // a new file, which is written anyway
		}
		return os.Chtimes(path, firstNight, firstNight.Add(time.Duration(s.draw.IntN(1000))*time.Hour))
	}},
	{"another zone", plain(func(s *Shop) { s.job.zone = s.pick("UTC", "Europe/London", "Asia/Shanghai") })},
	{"another where", plain(func(s *Shop) { s.job.where = s.pick("", "channel <> 'void'", "amount > 5") })},
	{"other returns", plain(func(s *Shop) { s.job.returns = s.pick("", "channel = 'shop' AND amount < 3") })},
	{"rates of another bank, or of the first again", plain(func(s *Shop) { s.job.otherBank = !s.job.otherBank })},
	{"returns or none", plain(func(s *Shop) { s.job.givesBack = !s.job.givesBack })},
	{"another rule for duplicates", plain(func(s *Shop) { s.job.duplicates = s.pick("warn", "drop", "keep") })},
	{"other rejects", plain(func(s *Shop) { s.job.rejects = s.pick("faults", "all") })},
	{"consent asked for or not", plain(func(s *Shop) { s.job.consent = !s.job.consent })},
	{"another attribute", plain(func(s *Shop) { s.job.city = !s.job.city })},
	{"order mapped or not", plain(func(s *Shop) { s.job.order = !s.job.order })},
	{"another day", plain((*Shop).anotherDay)},
	{"damage", (*Shop).damage},
	{"nothing", plain(func(*Shop) {})},
}

func (s *Shop) aFile() string { return s.pick(s.names()...) }

// beside is another name in the folder of a file.
func beside(name, prefix string) string {
	folder, name, _ := strings.Cut(name, "/")
	return folder + "/" + prefix + name
}

// anotherDay is the last day that counts from now on.
func (s *Shop) anotherDay() {
	s.job.asOf = s.pick("", "", "latest", "2024-02-10", "2024-03-01", "2024-03-22", "2025-08-01")
}

// Change goes on to another night.
func (s *Shop) Change() error {
	s.night = s.night.AddDate(0, 0, s.draw.IntN(3))
	s.what = nil
	from := changes
	if s.calm && s.chance(0.7) {
		from = usual
	}
	for range 1 + s.draw.IntN(3) {
		c := from[s.draw.IntN(len(from))]
		s.say("%s", c.name)
		if err := c.do(s); err != nil {
			return err
		}
	}
	return nil
}

// erase removes a customer from all exports.
func (s *Shop) erase() {
	id := s.customer()
	for _, name := range s.names() {
		kept := slices.DeleteFunc(slices.Clone(s.files[name]), func(r row) bool { return r["id"] == id })
		if len(kept) == 0 {
			kept = []row{s.aRow()}
		}
		s.files[name] = kept
	}
}

// damage spoils a file of the cache.
func (s *Shop) damage() error {
	var all []string
	err := filepath.WalkDir(filepath.Join(s.dir, "cached", ".cache"), func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
			all = append(all, path)
		}
		return nil
	})
	if err != nil || len(all) == 0 {
		return err
	}
	path := s.pick(all...)
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	switch s.draw.IntN(4) {
	case 0:
		return os.Remove(path)
	case 1:
		return os.WriteFile(path, text[:len(text)/2], 0o600)
	case 2:
		return os.WriteFile(path, nil, 0o600)
	}
	return os.WriteFile(path, flipped(s.draw, text), 0o600)
}

// flipped is a text with one bit the other way round.
func flipped(draw *rand.Rand, text []byte) []byte {
	if len(text) == 0 {
		return []byte{0}
	}
	text = slices.Clone(text)
	text[draw.IntN(len(text))] ^= 1 << draw.IntN(8)
	return text
}
