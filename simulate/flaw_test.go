package simulate

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// At two in a hundred every kind of damage shows, in the share asked for.
func TestEveryFlawAppears(t *testing.T) {
	o := rich()
	o.Mess = 0.02
	rows, counts := rowsOf(t, o)
	var damaged float64
	for _, f := range Flaws() {
		require.Positive(t, counts.Damaged[f], f.String())
		damaged += float64(counts.Damaged[f])
	}
	require.Zero(t, counts.Damaged[Sound])
	n := float64(len(rows)) - float64(counts.Damaged[Duplicate])
	require.InDelta(t, o.Mess, damaged/n, 4*math.Sqrt(o.Mess*(1-o.Mess)/n))
}

// Each flaw looks as it is described, and touches nothing else.
func TestFlawsLookAsDescribed(t *testing.T) {
	o := rich()
	o.Mess = 0.1
	rows, _ := rowsOf(t, o)
	o.Mess = 0
	clean, _ := rowsOf(t, o)
	at := 0 // the clean row that this one was
	for i, r := range rows {
		if r.Flaw == Duplicate {
			r.Flaw = Sound
			require.Equal(t, rows[i-1], r)
			continue
		}
		checkFlaw(t, o, clean[at], r)
		at++
	}
	require.Equal(t, len(clean), at)
}

// checkFlaw compares a row with what it would be without its flaw.
func checkFlaw(t *testing.T, o Options, clean, r Row) {
	t.Helper()
	texts := strings.Join([]string{r.Product, r.Category, r.Channel, r.Region}, "\t")
	switch r.Flaw {
	case NoCustomer:
		require.Empty(t, r.Customer)
		r.Customer = clean.Customer
	case NoTime:
		require.Empty(t, r.Text)
	case BadTime:
		require.Contains(t, badTimes, r.Text)
	case BadAmount:
		require.Contains(t, badAmounts, r.Text)
	case AfterEnd:
		require.True(t, r.Time.After(o.End.AddDate(0, 0, 1)))
		require.True(t, r.Time.Before(o.End.AddDate(0, 0, 31)))
		require.Equal(t, clean.Time.Format("15:04:05"), r.Time.Format("15:04:05"))
		r.Time = clean.Time
	case Formula:
		require.True(t, slices.ContainsFunc(formulas, func(f string) bool { return strings.Contains(texts, f) }))
	case Awkward:
		require.Contains(t, texts, ", \"large\"\nboxed")
	case Sound, CutOff, Duplicate:
	}
	if r.Flaw == Formula || r.Flaw == Awkward {
		r.Product, r.Category, r.Channel, r.Region = clean.Product, clean.Category, clean.Channel, clean.Region
	}
	r.Flaw, r.Text = Sound, ""
	require.Equal(t, clean, r)
}

func TestMessOfOneDamagesAll(t *testing.T) {
	o := rich()
	o.Customers, o.Mess = 50, 1
	rows, counts := rowsOf(t, o)
	var sound int64
	for _, r := range rows {
		if r.Flaw == Sound {
			sound++
		}
	}
	// Only what the duplicates repeat is sound.
	require.Equal(t, counts.Damaged[Duplicate], sound)
}
