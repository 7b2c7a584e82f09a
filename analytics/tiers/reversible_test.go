package tiers

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/calendar"
	"clientele/segment/tier"
)

func TestReversibleReadBack(t *testing.T) {
	day := rapid.Int32Range(-300_000, 300_000)
	maybe := rapid.OneOf(day, rapid.Just(calendar.NoDay))
	rapid.Check(t, func(t *rapid.T) {
		var rests []tier.Reversible
		for range rapid.IntRange(0, 3).Draw(t, "rests") {
			r := tier.Reversible{
				Day: day.Draw(t, "day"), Tier: rapid.String().Draw(t, "tier"),
				Since: day.Draw(t, "since"), Until: day.Draw(t, "until"), Anchor: day.Draw(t, "anchor"), Grace: maybe.Draw(t, "grace"),
			}
			if r.Tier == "" {
				r.Since, r.Until, r.Anchor, r.Grace = maybe.Draw(t, "left"), calendar.NoDay, calendar.NoDay, calendar.NoDay
			}
			rests = append(rests, r)
		}
		again, err := readReversible(reversibleText(rests))
		require.NoError(t, err)
		require.Equal(t, rests, again)
	})
}

func TestDamagedReversibleAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"silver":                 "it is no list of changes",
		`[{"day":"2026-02-30"}]`: "change 1 has a day that is none",
		`[{}]`:                   "change 1 has a day less than it should",
		`[{"tier":"silver"}]`:    "change 1 has a day less than it should",
		`[{"tier":"silver","since":"2026-01-01","until":"2026-02-01","anchor":"2026-01-01"}]`:                   "change 1 has a day less than it should",
		`[{"day":"2026-01-02","tier":"silver","until":"2026-02-01","anchor":"2026-01-01"}]`:                     "change 1 has a day less than it should",
		`[{"day":"2026-01-02","tier":"silver","since":"2026-01-01","anchor":"2026-01-01"}]`:                     "change 1 has a day less than it should",
		`[{"day":"2026-01-01"},{"day":"2026-01-02","tier":"silver","since":"2026-01-01","until":"2026-02-01"}]`: "change 2 has a day less than it should",
	} {
		_, err := readReversible(text)
		require.EqualError(t, err, want)
	}
}
