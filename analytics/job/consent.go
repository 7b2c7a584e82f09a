package job

import (
	"slices"
	"strconv"

	"clientele/analytics/consent"
)

// readConsent reads who may be on a list; nil: everybody. The sources must have been read,
// as they map what it goes by.
func readConsent(root *section, sources []Source) *consent.Rule {
	v := root.value("consent")
	s := newSection(root.reader, "consent", v, root.where("consent"), "a mapping with require or exclude")
	out := &consent.Rule{}
	s.words("require", &out.Require)
	s.words("exclude", &out.Exclude)
	s.done()
	for _, by := range []struct {
		column, key string
		values      []string
		of          func(Columns) string
	}{
		{"consent", "require", out.Require, func(c Columns) string { return c.Consent }},
		{"provenance", "exclude", out.Exclude, func(c Columns) string { return c.Provenance }},
	} {
		at := slices.IndexFunc(sources, func(s Source) bool { return by.of(s.Columns) != "" })
		switch {
		case at < 0 && len(by.values) > 0:
			s.fail(by.key, "no source maps %s; needs sources.0.columns.%s such as column", by.column, by.column)
		case at >= 0 && len(by.values) == 0:
			root.report(sources[at].Position("columns."+by.column), "sources."+strconv.Itoa(at)+".columns."+by.column,
				"what it means is not said; needs consent.%s such as yes, or several values in brackets", by.key)
		}
	}
	if len(out.Require)+len(out.Exclude) == 0 {
		return nil
	}
	return out
}

// words reads a value, or several in brackets.
func (s *section) words(key string, into *[]string) {
	v := s.value(key)
	if v == nil {
		return
	}
	items := []*node{v}
	if v.kind != scalar {
		items, _ = s.items(key, "values, in brackets")
	}
	for i, item := range items {
		if item.kind != scalar || item.text == "" {
			s.report(item.at, s.key(key)+"."+strconv.Itoa(i), "%s is not a value", item)
			continue
		}
		*into = append(*into, item.text)
	}
}
