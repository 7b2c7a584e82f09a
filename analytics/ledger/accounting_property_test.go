package ledger_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/ledger"
	"clientele/internal/money"
)

// messyRow is a line of an export and what must become of it.
type messyRow struct {
	text   string
	reason ledger.Reason
	money  *big.Rat // exact; nil where there is none to read
}

// drawMessyRow draws a line with any number of faults.
func drawMessyRow(t *rapid.T) messyRow {
	sound := func(label string) bool { return rapid.IntRange(0, 5).Draw(t, label) > 0 }
	id, day, keep := "c1", "2024-01-01", "yes"
	micros := rapid.Int64Range(-2_000_000, 9_000_000_000).Draw(t, "amount")
	amount, money := fmt.Sprintf("%.6f", float64(micros)/1e6), big.NewRat(micros, 1e6)
	reason := ledger.Reason("")
	if !sound("customer") {
		id, reason = rapid.SampledFrom([]string{"", "  ", `""`}).Draw(t, "no customer"), ledger.Anonymous
	}
	if !sound("amount is sound") {
		amount, reason, money = rapid.SampledFrom([]string{"", "x", "1.2.3"}).Draw(t, "bad amount"), ledger.AmountUnreadable, nil
	}
	if !sound("early") {
		day, reason = "2030-01-02", ledger.AfterAsOf
	}
	if !sound("day is sound") {
		day, reason = "2024-02-30", ledger.TimeUnreadable
	}
	if !sound("day") {
		day, reason = "", ledger.NoTime
	}
	if !sound("keep") {
		keep, reason = "no", ledger.Filtered
	}
	text := strings.Join([]string{id, day, amount, keep}, ",")
	if !sound("whole") {
		text, reason, money = text+",more", ledger.Malformed, nil
	}
	return messyRow{text, reason, money}
}

// For any exports: rows read are rows used and rows set aside, and so is their
// money, to the last place, as a whole and by source; and every row set aside
// is listed once, with its reason and as it was.
func TestAccountingProperty(t *testing.T) {
	s := shopWith(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		exports := rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(drawMessyRow), 1, 12), 1, 2).Draw(t, "exports")
		var sources []string
		for i, rows := range exports {
			// One row is sound, so that the sample shows what the columns hold.
			lines := []string{"id,day,amount,keep", "c0,2024-01-01,1,yes"}
			for _, r := range rows {
				lines = append(lines, r.text)
			}
			name := fmt.Sprintf("export-%d.csv", i)
			s.write(name, strings.Join(lines, "\n")+"\n")
			sources = append(sources, source(name, "where: keep = 'yes'"))
		}
		plan := s.load(head + "sources:\n" + strings.Join(sources, ""))
		a := s.tally(plan)
		rejects := s.rejects(plan)

		total := expected{}
		for i, rows := range exports {
			want := expected{}
			want.add("", 1, big.NewRat(1, 1))
			for k, r := range rows {
				want.add(r.reason, 1, r.money)
				if r.reason != "" {
					require.Equal(t, ledger.Reject{Source: fmt.Sprintf("export-%d.csv", i), Line: int64(k + 3), Reason: r.reason, Row: r.text}, rejects[0])
					rejects = rejects[1:]
				}
			}
			want.check(t, a.BySource[i])
			total.addAll(want)
		}
		require.Empty(t, rejects)
		total.check(t, a.Total)
	})
}

// expected is rows and money by reason, "" for the rows used.
type expected struct {
	rows  map[ledger.Reason]int64
	money map[ledger.Reason]*big.Rat
	// unknown counts the rows whose amount cannot be read.
	unknown map[ledger.Reason]int64
}

func (e *expected) add(r ledger.Reason, rows int64, money *big.Rat) {
	if e.unknown == nil {
		e.rows, e.money, e.unknown = map[ledger.Reason]int64{}, map[ledger.Reason]*big.Rat{}, map[ledger.Reason]int64{}
	}
	e.rows[r] += rows
	if e.money[r] == nil {
		e.money[r] = new(big.Rat)
	}
	if money == nil {
		e.unknown[r] += rows
		return
	}
	e.money[r].Add(e.money[r], money)
}

func (e *expected) addAll(other expected) {
	for r, rows := range other.rows {
		e.add(r, rows, other.money[r])
		e.unknown[r] += other.unknown[r]
	}
}

func (e *expected) check(t *rapid.T, got ledger.Tally) {
	read := ledger.Count{}
	for _, reason := range append([]ledger.Reason{""}, ledger.Reasons...) {
		c := got.Used
		if reason != "" {
			c = got.Rejected[reason]
		}
		require.Equal(t, e.rows[reason], c.Rows, "rows %q", reason)
		require.Equal(t, e.unknown[reason], c.Unknown, "rows without an amount %q", reason)
		want := e.money[reason]
		if want == nil {
			want = new(big.Rat)
		}
		require.Equal(t, want.FloatString(6), rat(t, c.Money).FloatString(6), "money %q", reason)
		read.Rows += c.Rows
		read.Unknown += c.Unknown
		read.Money = read.Money.Plus(c.Money)
	}
	require.Equal(t, read, got.Read)
}

func rat(t *rapid.T, m money.Amount) *big.Rat {
	r, ok := new(big.Rat).SetString(m.String())
	require.True(t, ok, m.String())
	return r
}
