package main

import (
	"slices"

	"clientele/analytics"
	"clientele/analytics/persons"
)

// printIdentity says how many persons are behind the ids of the exports, and what told.
func printIdentity(p *printer, r *analytics.Result) {
	i := r.Identity
	if i == nil {
		return
	}
	var parts []string
	for by, n := range orderedBy(i.MergedBy) {
		if n > 0 {
			parts = append(parts, p.in.Say("summary.merged_by", "n", n, "by", mergedBy(p, by)))
		}
	}
	if len(parts) == 0 {
		p.say("summary.ids", "ids", p.counted(i.IDs, "ids"))
	} else {
		p.say("summary.ids_merged", "ids", p.counted(i.IDs, "ids"), "persons", p.counted(i.Customers, "persons"), "by", p.in.Row(parts...))
	}
	p.line("")
}

// orderedBy visits what merged ids: spelling and map before the keys, by name.
func orderedBy(merged map[string]int64) func(func(string, int64) bool) {
	names := []string{persons.ByNormalise, persons.ByMap}
	var keys []string
	for name := range merged {
		if !slices.Contains(names, name) {
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return func(yield func(string, int64) bool) {
		for _, name := range append(names, keys...) {
			if !yield(name, merged[name]) {
				return
			}
		}
	}
}

// mergedBy names what merged ids: a step, or a key of the job file.
func mergedBy(p *printer, by string) string {
	if p.in.Has("summary.step", by) {
		return p.in.SayOf("summary.step", by)
	}
	return by
}

// printConsent says how many customers are on no list.
func printConsent(p *printer, r *analytics.Result) {
	c := r.Consent
	if c == nil {
		return
	}
	p.say("summary.consent", "customers", p.counted(c.Contactable, "customers"), "no_consent", c.NoConsent, "provenance", c.Provenance)
	if c.Unsubscribed+c.Complained+c.Excluded > 0 {
		p.say("summary.bound", "unsubscribed", c.Unsubscribed, "complained", c.Complained, "excluded", c.Excluded)
	}
	p.line("")
}

// printReferrals says what was credited to who brought customers.
func printReferrals(p *printer, r *analytics.Result, currency string) {
	if c := r.Referrals; c != nil {
		p.say("summary.referrals", "referred", p.counted(c.Referred, "customers"), "referrers", p.counted(c.Referrers, "customers"), "value", amount(c.Value.Float()).String()+currency)
	}
}
