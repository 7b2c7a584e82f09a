package compare

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// settings are a job's settings in force by their full key, such as
// tiers.levels.0.qualify.spend, each as the text of its value.
type settings map[string]string

// settingsOf are those of a publication.
func settingsOf(of publication.Settings) (settings, error) {
	flat, err := of.Flat()
	s := settings(flat)
	s.complete()
	return s, err
}

// complete adds what publications of a version without a key went by.
func (s settings) complete() {
	if _, tiers := s["tiers.levels.0.name"]; !tiers {
		return
	}
	for key, value := range map[string]string{"tiers.start": "tonight", "tiers.returns": "keep"} {
		if _, given := s[key]; !given {
			s[key] = value
		}
	}
}

// SettingChange is a setting that is not what it was. Old or New is null where
// the key was not there.
type SettingChange struct {
	Key string  `json:"key"`
	Old *string `json:"old"`
	New *string `json:"new"`
}

// ownAffair are settings that say which night a publication is, where it lies and how long, and
// in which language it is written: what it says is the same.
var ownAffair = []string{"as_of", "output.dir", "output.keep", "output.language"}

// changes lists the settings that differ, in order of key. A stage that was
// switched is one change, from on to off or back.
func (s settings) changes(later settings) []SettingChange {
	was, is := s.switched(later), later.switched(s)
	keys := maps.Clone(was)
	maps.Copy(keys, is)
	found := []SettingChange{}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		old, had := was[key]
		now, has := is[key]
		if slices.Contains(ownAffair, key) || had == has && old == now {
			continue
		}
		c := SettingChange{Key: key}
		if had {
			c.Old = &old
		}
		if has {
			c.New = &now
		}
		found = append(found, c)
	}
	return found
}

// switched are the settings with `on` in place of all settings of a stage that is
// off on the other side.
func (s settings) switched(other settings) settings {
	out := settings{}
	for key, value := range s {
		section, _, below := strings.Cut(key, ".")
		if below && other[section] == "off" {
			key, value = section, "on"
		}
		out[key] = value
	}
	return out
}

// rules tells which settings make the groups of each kind.
type rules struct {
	changed []SettingChange
	records bool // whether a customer, an order, a day or an amount may not be what it was
	// uses are the metrics that each tier mentions, on either side.
	uses map[string]map[string]bool
}

// harmless are settings that decide when or where, and not who.
var harmless = []string{"rfm.refit", "clv.choose", "tiers.warn", "tiers.start"}

// of tells whether the settings that the groups of a kind depend on have
// changed.
func (r rules) of(kind string) bool {
	if r.records {
		return true
	}
	var sections []string
	for _, g := range column.Groupings {
		if g.Name == kind {
			sections = append(sections, g.Of.Stage.Setting())
		}
	}
	if kind == column.Tier.Name {
		for _, c := range column.Metrics {
			if r.usesOne(slices.Collect(maps.Keys(r.uses)), c) {
				sections = append(sections, c.Stage.Setting())
			}
		}
	}
	return slices.ContainsFunc(r.changed, func(c SettingChange) bool {
		section, _, _ := strings.Cut(c.Key, ".")
		return slices.Contains(sections, section) && !slices.Contains(harmless, c.Key)
	})
}

// usesAny tells whether some of the tiers mention a metric of a kind.
func (r rules) usesAny(tiers []string, is func(*column.Column) bool) bool {
	return slices.ContainsFunc(column.Metrics, func(c *column.Column) bool { return is(c) && r.usesOne(tiers, c) })
}

// usesOne tells whether some of the tiers mention a metric.
func (r rules) usesOne(tiers []string, c *column.Column) bool {
	return slices.ContainsFunc(tiers, func(tier string) bool { return r.uses[tier][c.Name] })
}

// rulesOf compares the settings of two nights.
func rulesOf(older, newer publication.Settings) (r rules, err error) {
	nights := make([]settings, 2)
	records := make([][]byte, 2)
	for i, of := range []publication.Settings{older, newer} {
		if nights[i], err = settingsOf(of); err != nil {
			return r, err
		}
		if records[i], err = of.RecordMeaning(); err != nil {
			return r, err
		}
	}
	r = rules{changed: nights[0].changes(nights[1]), records: !bytes.Equal(records[0], records[1]), uses: map[string]map[string]bool{}}
	for _, s := range nights {
		s.addMetrics(r.uses)
	}
	return r, nil
}

// addMetrics adds the metrics that each tier mentions.
func (s settings) addMetrics(uses map[string]map[string]bool) {
	for key, value := range s {
		rest, of := strings.CutPrefix(key, "tiers.levels.")
		number, rule, _ := strings.Cut(rest, ".")
		metric := ""
		switch {
		case !of:
		case strings.HasPrefix(rule, "qualify."), strings.HasPrefix(rule, "keep."):
			metric = rule[strings.LastIndex(rule, ".")+1:]
		case rule == "limit.by", rule == "limit.cost_of":
			metric = value
		}
		if metric == "" {
			continue
		}
		tier := s["tiers.levels."+number+".name"]
		if uses[tier] == nil {
			uses[tier] = map[string]bool{}
		}
		uses[tier][metric] = true
	}
}
