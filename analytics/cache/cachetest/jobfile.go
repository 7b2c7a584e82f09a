package cachetest

import (
	"fmt"
	"strings"
	"time"
)

// settings are what the job file says.
type settings struct {
	zone, where, returns, duplicates, rejects, asOf, trust string // these change
	order, joins, currencies, stages, worth                bool
	givesBack                                              bool // customers give back what they bought
	otherBank                                              bool // its rates are others
	consent, referrer, cost, list, city, tiers             bool
	second                                                 bool // a second source
	framed                                                 bool // text has titles above its rows, and a total and notes below
	fills                                                  bool // a line leaves out what the line above says of their order
	// special is a rule by which rows of several files bear on each other; empty: none.
	special string
}

// specials are rules by which rows of several files bear on each other.
var specials = []string{"identity", "map", "accounts", "matching", "refunds", "totals"}

// settings draws those of a shop.
func (s *Shop) settings() settings {
	j := settings{
		zone: "UTC", duplicates: "warn", rejects: "faults", trust: "content",
		order: s.chance(0.5), joins: s.chance(0.3), currencies: s.chance(0.3), asOf: s.pick("", "", "latest"),
		stages: s.chance(0.3), worth: s.chance(0.25), givesBack: s.chance(0.5),
		consent: s.chance(0.4), referrer: s.chance(0.2), cost: s.chance(0.3), list: s.chance(0.2), city: s.chance(0.3),
		tiers: s.chance(0.3), second: s.chance(0.3), framed: s.chance(0.2), fills: s.chance(0.2),
	}
	if s.chance(0.3) {
		j.trust = "mtime"
	}
	if s.chance(0.2) {
		j.special = s.pick(specials...)
	}
	j.order = j.order || j.fills
	return j
}

// jobFile is the job of tonight, without a cache.
func (s *Shop) jobFile() string {
	j := s.job
	var text strings.Builder
	line := func(is bool, format string, of ...any) {
		if is {
			fmt.Fprintf(&text, format+"\n", of...)
		}
	}
	asOf := j.asOf
	if asOf == "" {
		asOf = s.night.Format(time.DateOnly)
	}
	line(true, "name: shop\nas_of: %s\ntimezone: %s\ncurrency: EUR\npyramid: off\noutput: {report: false, rejects: %s, formats: [csv]}", asOf, j.zone, j.rejects)
	line(!j.worth, "clv: off")
	line(!j.stages, "stages: off")
	line(j.currencies, "rates: ../rates.csv")
	line(j.consent, "consent: {require: [yes], exclude: [bought]}")
	line(j.tiers, "tiers: {levels: [{name: gold, qualify: {spend: 150}}]}")
	line(j.special == "identity", "identity: {normalise: [trim], keys: [email]}")
	line(j.special == "map", "identity: {map: ../persons.csv}")
	line(j.special == "accounts", "hierarchy: {level: top}")
	line(true, "sources:")
	for _, folder := range s.folders() {
		line(true, "  - path: ../%s\n    name: %s\n    malformed: 1\n    duplicates: %s", folder, folder, j.duplicates)
		line(j.where != "", "    where: %s", j.where)
		line(j.returns != "", "    returns: %s", j.returns)
		line(j.special == "totals", "    amount_is: order")
		line(j.fills, "    fill_down: [id, time, agreed]")
		line(j.joins, "    join: [{path: ../products.csv, \"on\": product}]")
		line(true, "    columns:")
		for _, c := range s.mapped(folder) {
			line(true, "      %s", c)
		}
	}
	return text.String()
}

// mapped are the columns that the job maps. The second source knows less.
func (s *Shop) mapped(folder string) []string {
	j := s.job
	all := []string{"customer: id", "time: time", "amount: amount", "channel: channel", "product: product"}
	for _, c := range []struct {
		is   bool
		text string
	}{
		{j.order || j.special == "totals", "order: order"},
		{j.currencies, "currency: currency"},
		{j.joins, "region: kind"},
		{j.joins, "category: kind"},
		{j.consent, "consent: agreed"},
		{j.consent && folder == folders[0], "provenance: origin"},
		{j.referrer && folder == folders[0], "referrer: brought_by"},
		{j.cost, "cost: cost"},
		{j.list && j.special != "totals", "list_price: list"},
		{j.city && folder == folders[0], "attributes: {city: city}"},
		{j.special == "identity", "keys: {email: email}"},
		{j.special == "accounts", "parent: firm"},
		{j.special == "matching", "quantity: pieces"},
		{j.special == "matching", "original_order: of_order"},
		{j.special == "refunds", "refund: given_back"},
		{j.special == "refunds", "refund_time: given_back_on"},
	} {
		if c.is {
			all = append(all, c.text)
		}
	}
	return all
}
