package analytics_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a row says of consent and provenance counts from its day on, on whichever night the row was
// kept.
func TestKeptConsentIsThatOfTheNight(t *testing.T) {
	for name, days := range map[string][]string{
		"forward":               {"2026-01-05", "2026-01-12"},
		"back":                  {"2026-01-12", "2026-01-05", "2026-01-12"},
		"by a sum and back":     {"2026-01-12", "2026-01-12", "2026-01-05", "2026-01-12"},
		"before all and beyond": {"2026-01-02", "2026-02-12", "2026-01-10"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSumShop(t)
			s.job = strings.NewReplacer("channel: channel, category: category, product: product", "consent: channel, provenance: category").Replace(sumShopJob) + "consent: {require: [yes], exclude: [bought]}\n"
			// A row that is set aside binds as one that counts does.
			s.job = strings.Replace(s.job, "  - path: data\n", "  - path: data\n    where: product <> 'unpaid'\n", 1)
			s.write("a", "ann,1,2026-01-02,10,yes,,paid", "bob,2,2026-01-02,20,yes,,paid", "cid,3,2026-01-02,5,yes,,paid", "dan,4,2026-01-02,5,no,,paid")
			s.write("b", "ann,5,2026-01-10,11,no,,paid", "bob,6,2026-01-10,12,no,,unpaid", "cid,7,2026-01-10,7,,bought,unpaid", "dan,8,2026-01-11,x,yes,,paid")
			s.write("c", "eva,9,2026-01-03,30,yes,,paid", "dan,10,2026-01-11,5,yes,,paid")
			summed := 0
			for _, day := range days {
				s.set = []string{"as_of=" + day}
				summed += s.night(2).Summed
			}
			if strings.Contains(name, "sum") {
				require.Positive(t, summed)
			}
		})
	}
}

// What is not known yet keeps its file out of the sum.
func TestSumHasNoConsentOfLaterDays(t *testing.T) {
	s := newSumShop(t)
	s.job = strings.Replace(sumShopJob, "channel: channel, category: category, product: product", "consent: channel", 1) + "consent: {require: [yes]}\n"
	s.job = strings.Replace(s.job, "  - path: data\n", "  - path: data\n    where: product <> 'unpaid'\n", 1)
	s.write("b", "ann,5,2026-01-10,11,no,,unpaid")
	s.set = []string{"as_of=2026-01-09"}
	s.night(2)
	require.Equal(t, 1, s.night(2).Summed, "a row of b that is set aside says something after the last day, and rows of c lie after it")
	s.set = nil
	s.night(2)
	require.Equal(t, 3, s.night(2).Summed)
	s.set = []string{"as_of=2026-01-09"}
	require.Zero(t, s.night(2).Summed)
}
