package draft

import (
	"fmt"
	"slices"
	"strings"
)

// decideFlags leaves out what a column of its own says that it was no sale: voided true,
// livemode false, a cancelled_at that is filled. The commonest value says what a row
// usually is, so that a flag all rows have leaves none out. It gives the columns that it
// took. A known kind says by itself what a time of cancelling means.
func (s *Source) decideFlags() (took []string) {
	for _, c := range s.table.columns {
		if condition, why := s.flagged(c); condition != "" {
			s.alsoWhere(condition, why)
			took = append(took, c.name)
		}
	}
	return took
}

// flagged is the condition that a flag sets for a row to be a sale, and why; empty where
// the column is none or says nothing of any row.
func (s *Source) flagged(c *column) (condition, why string) {
	for _, f := range vocab.Flags {
		if !slices.Contains(f.Columns, fold(c.name)) || s.names(c) {
			continue
		}
		if len(f.Values) == 0 { // a time, which only such rows have
			if s.kind == nil && c.times > 0.9 && c.fill(s.table) < 0.5 {
				return identifier(c.name) + " IS NULL", f.Why
			}
			continue
		}
		var out []string
		for _, v := range c.most {
			if slices.Contains(f.Values, fold(v)) {
				out = append(out, v)
			}
		}
		if len(out) > 0 && s.leaves(c, out) {
			return notIn(c, out), f.Why
		}
	}
	return "", ""
}

// leaves tells whether most rows are left without those that have one of some values.
func (s *Source) leaves(c *column, out []string) bool {
	n := 0
	for _, v := range out {
		n += c.values[v]
	}
	return 2*n < len(s.table.look.Rows) || len(s.table.look.Rows) == 0
}

// names tells whether a column of ours or a condition reads a column already.
func (s *Source) names(c *column) bool {
	return slices.ContainsFunc(s.Decisions, func(d Decision) bool {
		return !d.Off && (d.Value == c.name || slices.Contains(d.List, c.name) || d.Key == "where" && strings.Contains(d.Value, identifier(c.name)))
	})
}

// notIn is the condition that a column has none of some values. What the file states to
// be no text is compared as text.
func notIn(c *column, out []string) string {
	name := identifier(c.name)
	if !c.text {
		name = "CAST(" + name + " AS VARCHAR)"
	}
	return fmt.Sprintf("coalesce(%s, '') NOT IN (%s)", name, texts(out))
}

// alsoWhere adds a condition that rows must meet too.
func (s *Source) alsoWhere(condition, why string) {
	found := s.find("where")
	if found == nil {
		s.add(&Decision{Key: "where", Value: condition, Why: why, Sure: Likely})
		return
	}
	if !found.several {
		found.Value = "(" + found.Value + ")"
	}
	found.Value += " AND (" + condition + ")"
	found.several = true
	found.Why += "; " + why
}
