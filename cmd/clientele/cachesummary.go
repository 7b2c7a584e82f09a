package main

import (
	"clientele/analytics"
	"clientele/internal/wording"
)

// tellCache says what was wrong with the cache. It is no warning of the night, which is the
// same without a cache, and run.json does not have it: it is told with --quiet, too, as nobody
// would hear of a cache that has not worked for weeks.
func tellCache(o runOptions, r *analytics.Result) error {
	if r.Cache == nil {
		return nil
	}
	p := &printer{w: o.err, in: wording.In(r.Settings.Language())}
	var wrong []string
	for _, path := range r.Cache.Damaged {
		wrong = append(wrong, p.in.Say("summary.cache_damaged", "path", path))
	}
	if r.Cache.Rebuilt {
		wrong = append(wrong, p.in.Say("summary.cache_rebuilt"))
	}
	if why := r.Cache.Trouble; why != "" {
		wrong = append(wrong, p.in.Say("summary.cache_trouble", "why", why))
	}
	for _, w := range wrong {
		if o.log == logJSON {
			newLog(o.err, o.log).Warn(w)
		} else {
			p.line("%s", w)
		}
	}
	return p.err
}

// printCache says what did not have to be read.
func printCache(p *printer, r *analytics.Result) {
	if r.Cache == nil || r.Cache.Files == 0 {
		return
	}
	p.say("summary.cache", "unchanged", r.Cache.Unchanged, "files", r.Cache.Files, "rows", p.counted(r.Cache.Rows, "rows"))
	if r.Cache.Summed > 0 {
		p.say("summary.cache_summed", "summed", r.Cache.Summed)
	}
}
