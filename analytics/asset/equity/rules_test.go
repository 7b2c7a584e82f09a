package equity_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/equity"
	"clientele/analytics/explain"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// A night whose stages are off tells of no decline: nobody came back from one or fell into
// one, from the night before and to the one after.
func TestStagesOffOnEitherNight(t *testing.T) {
	out := t.TempDir()
	some := []string{"clv.model=pareto-nbd", "tiers=off", "output.report=false"}
	publish(t, bundled, out, "2026-03-31", some...)
	on := read(t, publish(t, bundled, out, "2026-04-30", some...)).Total()
	require.NotEqual(t, money.Amount{}, on[equity.CameBack])
	require.NotEqual(t, money.Amount{}, on[equity.Lost])
	off := read(t, publish(t, bundled, out, "2026-05-31", append([]string{"stages=off"}, some...)...)).Total()
	again := read(t, publish(t, bundled, out, "2026-06-30", some...)).Total()
	for _, total := range []equity.Lines{off, again} {
		require.Equal(t, [2]money.Amount{}, [2]money.Amount{total[equity.CameBack], total[equity.Lost]})
		require.NotEqual(t, money.Amount{}, total[equity.Grew])
		require.NotEqual(t, money.Amount{}, total[equity.Shrank])
	}
}

// What is another by the file of rates alone stands under settings, and late rows do not.
func TestAnotherFileOfRatesIsASetting(t *testing.T) {
	dice, dir, sales := rand.New(rand.NewPCG(7, 1)), t.TempDir(), strings.Builder{}
	sales.WriteString("customer,day,amount,currency\n")
	for c := range 80 {
		for k := range 2 + dice.IntN(6) {
			fmt.Fprintf(&sales, "c%02d,%s,%d,%s\n", c, calendar.Format(calendar.Day(19_900+c+k*(5+dice.IntN(20)))), 10+dice.IntN(60), []string{"EUR", "USD"}[c%2])
		}
	}
	write(t, dir, "sales.csv", sales.String())
	write(t, dir, "rates.csv", "currency,rate\nUSD,0.9\n")
	write(t, dir, "job.yaml", "name: rated\ncurrency: EUR\nrates: rates.csv\nsources: [{path: sales.csv, columns: {customer: customer, time: day, amount: amount, currency: currency}}]\nclv: {model: pareto-nbd}\noutput: {report: false}\n")
	out, job := t.TempDir(), filepath.Join(dir, "job.yaml")
	night := func(day int) equity.Lines {
		l := read(t, publish(t, job, out, calendar.Format(calendar.Day(day))))
		requireCloses(t, l)
		return l.Total()
	}
	night(20_250)
	same := night(20_257)
	require.Equal(t, [2]money.Amount{}, [2]money.Amount{same[equity.Settings], same[equity.Corrected]})
	write(t, dir, "rates.csv", "currency,rate\nUSD,1.8\n")
	rated := night(20_264)
	require.Positive(t, rated[equity.Settings].Float())
	require.Equal(t, money.Amount{}, rated[equity.Corrected])
	sales.WriteString("c02,2024-07-03,30,EUR\n")
	write(t, dir, "sales.csv", sales.String())
	write(t, dir, "rates.csv", "currency,rate\nUSD,0.9\n")
	late := night(20_271)
	require.Negative(t, late[equity.Settings].Float())
	require.NotEqual(t, money.Amount{}, late[equity.Corrected])
}

// Of who was listed under another id, or had given back everything, explain has the line of
// the ledger: parted from another, come back, or of rows that came late.
func TestWhoWasNotListedHasALine(t *testing.T) {
	dice, dir, sales := rand.New(rand.NewPCG(8, 1)), t.TempDir(), strings.Builder{}
	sales.WriteString("customer,day,amount,number\n")
	for c := range 80 {
		for k := range 2 + dice.IntN(6) {
			fmt.Fprintf(&sales, "c%02d,%s,%d,%[1]d-%[4]d\n", c, calendar.Format(calendar.Day(19_900+c+k*(5+dice.IntN(20)))), 10+dice.IntN(60), k)
		}
	}
	sales.WriteString("back,2024-09-01,40,b1\nback,2024-09-03,-40,b1\n")
	write(t, dir, "sales.csv", sales.String())
	write(t, dir, "ids.csv", "alias,customer\nc07,c08\n")
	write(t, dir, "job.yaml", "name: parted\nidentity: {map: ids.csv}\nsources: [{path: sales.csv, columns: {customer: customer, order: number, time: day, amount: amount}, returns: amount LIKE '-%'}]\nclv: {model: pareto-nbd}\noutput: {report: false}\n")
	out, job := t.TempDir(), filepath.Join(dir, "job.yaml")
	before := publish(t, job, out, "2025-06-12")
	write(t, dir, "ids.csv", "alias,customer\n")
	sales.WriteString("back,2025-06-15,25,b2\nback,2025-06-20,25,b3\nlate,2024-10-01,30,l1\nlate,2024-12-01,30,l2\nnew,2025-06-20,30,n1\n")
	write(t, dir, "sales.csv", sales.String())
	night := publish(t, job, out, "2025-06-28")
	requireCloses(t, read(t, night))
	all, err := equity.CustomersBetween(before, night)
	require.NoError(t, err)
	reader, err := explain.Open(night)
	require.NoError(t, err)
	for id, line := range map[string]equity.Line{"c07": equity.Merged, "back": equity.CameBack, "late": equity.Corrected, "new": equity.NewCustomers} {
		lines := all[id]
		require.Equal(t, lines[equity.Closing], lines[line], "%s: %s", id, line)
		require.NotEqual(t, money.Amount{}, lines[line], id)
		requireEntered(t, reader, id, lines)
		c, err := reader.Of(id)
		require.NoError(t, err)
		require.Equal(t, line, c.Change.Equity[0].Line, id)
	}
}
