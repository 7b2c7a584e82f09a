package segment

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawScheme draws a table of a few boxes with a few names.
func drawScheme(t *rapid.T) Scheme {
	bins := rapid.IntRange(2, 5).Draw(t, "bins")
	box := rapid.Custom(func(t *rapid.T) Range {
		if rapid.Bool().Draw(t, "any") {
			return Range{}
		}
		lo := rapid.Int8Range(1, int8(bins)).Draw(t, "lo")
		return Range{lo, rapid.Int8Range(lo, int8(bins)).Draw(t, "hi")}
	})
	rule := rapid.Custom(func(t *rapid.T) Rule {
		return Rule{
			Key: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "key"),
			R:   box.Draw(t, "r"), F: box.Draw(t, "f"), M: box.Draw(t, "m"), FM: box.Draw(t, "fm"),
		}
	})
	return Scheme{Bins: bins, Rules: rapid.SliceOfN(rule, 1, 6).Draw(t, "rules")}
}

// The lint says what Assign does, cell by cell: by leaving rules out and by
// putting each first.
func TestLintAgreesWithAssign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScheme(t)
		l := s.Lint()
		fires := make([]bool, len(s.Rules))
		count := 0
		for r := int8(1); int(r) <= s.Bins; r++ {
			for f := int8(1); int(f) <= s.Bins; f++ {
				for m := int8(1); int(m) <= s.Bins; m++ {
					count++
					name := s.Assign(r, f, m)
					holding, names := 0, map[string]bool{}
					for i, rule := range s.Rules {
						alone := Scheme{Rules: []Rule{rule}}
						if alone.Assign(r, f, m) == Others {
							continue
						}
						holding++
						first := Scheme{Rules: append([]Rule{rule}, s.Rules...)}
						names[first.Assign(r, f, m)] = true
						fires[i] = fires[i] || Scheme{Rules: s.Rules[:i]}.Assign(r, f, m) == Others
					}
					c := Cell{r, f, m}
					require.Equal(t, name == Others, slices.Contains(l.Unmatched, c), c)
					require.Equal(t, holding > 1, slices.Contains(l.Overlapping, c), c)
					require.Equal(t, len(names) > 1, slices.Contains(l.OrderDependent, c), c)
				}
			}
		}
		require.Equal(t, count, l.Cells)
		for i, fired := range fires {
			require.Equal(t, !fired, slices.Contains(l.Never, i), "rule %d", i)
		}
	})
}
