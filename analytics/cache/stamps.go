package cache

import (
	"encoding/json"
	"os"
	"time"
)

// Stamp is by what a file is taken for unchanged without a look into it.
type Stamp struct {
	Path          string `json:"path"`
	Device, Inode uint64
	Bytes         int64
	Written       int64 // nanoseconds since 1970
	Changed       int64 // likewise, also where a program set the time of writing back
}

// stamps are the fingerprints of files by their stamps.
type stamps struct {
	last map[Stamp]string // as the last run left them
	now  map[Stamp]string // as this one does
}

// stamped is one of them as it is written.
type stamped struct {
	Stamp
	Content string `json:"content"`
}

// Known is the fingerprint of a file with a stamp, where an earlier run took it.
func (f *Folder) Known(s Stamp) (content string, known bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if content, known = f.stamps.last[s]; known {
		f.stamps.now[s] = content
		f.use.Trusted++
	}
	return content, known
}

// coarsestTime is the longest for which a file that is written to again may keep its time: FAT tells
// times of writing to two seconds (Microsoft, "File Times"), ext3 and HFS+ to one, others finer.
const coarsestTime = 2 * time.Second

// Remember keeps the fingerprint of a file with a stamp. Of a file that was written just before the
// run began, or later, it is not kept: it could be written to after it was read, and have the same
// stamp. Git does not trust such entries of its index either, and calls them racily clean.
func (f *Folder) Remember(s Stamp, content string) {
	if since := f.opened.Add(-coarsestTime).UnixNano(); max(s.Written, s.Changed) >= since {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stamps.now[s] = content
}

// readStamps reads them; damaged, there are none.
func readStamps(path string) stamps {
	s := stamps{last: map[Stamp]string{}, now: map[Stamp]string{}}
	text, err := os.ReadFile(path)
	var all []stamped
	if err != nil || json.Unmarshal(text, &all) != nil {
		return s
	}
	for _, one := range all {
		s.last[one.Stamp] = one.Content
	}
	return s
}

// write keeps those of this run.
func (s stamps) write(path string) error {
	if len(s.now) == 0 {
		return nil
	}
	all := make([]stamped, 0, len(s.now))
	for stamp, content := range s.now {
		all = append(all, stamped{stamp, content})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return writeWhole(path, text)
}
