package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
)

func TestAgenda(t *testing.T) {
	a, err := set{Shop: published.Shop{Real: true, First: "2023-11-30", Every: 2, Last: "2024-05-31", End: "2024-12-31"}}.agenda(1, false)
	require.NoError(t, err)
	require.Equal(t, "2023-11-30 2024-01-31 2024-03-31 2024-05-31", written(a.origins))
	require.Equal(t, "2023-11-30 2023-12-31 2024-01-31 2024-02-29 2024-03-31 2024-04-30 2024-05-31", written(a.months))
	require.Equal(t, "2024-05-12 2024-05-19 2024-05-26", written(a.weeks[len(a.weeks)-3:]))
	require.Len(t, a.weeks, flutterWeeks)
	a, err = set{Shop: published.Shop{First: "2023-11-30", Every: 2, Last: "2024-05-31", End: "2024-12-31"}}.agenda(2, false)
	require.NoError(t, err)
	require.Equal(t, "2023-11-30 2024-03-31", written(a.nights()), "a made-up shop")
	a, err = set{Shop: published.Shop{Real: true, First: "2023-11-30", Every: 3, Last: "2024-05-31", End: "2024-12-31"}}.agenda(1, true)
	require.NoError(t, err)
	require.Equal(t, "2023-11-30 2024-02-29 2024-05-31", written(a.nights()), "origins alone")
}

func written(days []int32) string {
	texts := make([]string, len(days))
	for i, d := range days {
		texts[i] = calendar.Format(d)
	}
	return strings.Join(texts, " ")
}

func TestHorizons(t *testing.T) {
	for _, c := range []struct {
		left int32
		want [3]int32
	}{
		{90, [3]int32{0, 0, 0}},
		{91, [3]int32{91, 0, 0}},
		{150, [3]int32{91, 0, 150}},
		{190, [3]int32{91, 182, 0}},
		{300, [3]int32{91, 182, 300}},
	} {
		for i, h := range []horizon{threeMonths, sixMonths, rest} {
			require.Equal(t, c.want[i], h.days(1000, 1000+c.left), "%d days left, %s", c.left, h)
		}
	}
}

func TestVisits(t *testing.T) {
	c := columns{
		customer: "who", day: "when", amount: "n", times: "price", number: true,
		returned: func(line map[string]string) bool { return line["n"][0] == '-' },
	}
	v, err := c.visits(csv.NewReader(strings.NewReader("who,when,n,price\n" +
		"7.0,2024-01-05 10:00:00,2,3\n7.0,2024-01-02,1,1.5\n7.0,2024-01-05,-1,3\n,2024-01-05,1,1\n7.0,2024-02-01,-1,1.5\n")))
	require.NoError(t, err)
	day := func(text string) int32 {
		d, err := published.Day(text)
		require.NoError(t, err)
		return d
	}
	require.Equal(t, visits{"7": {
		{day("2024-01-02"), true, 1.5}, {day("2024-01-05"), true, 3}, {day("2024-02-01"), false, -1.5},
	}}, v)
	purchases, net := v.between("7", day("2024-01-02"), day("2024-02-01"))
	require.InDelta(t, 1, purchases, 0)
	require.InDelta(t, 1.5, net, 0)
}

// A shop from nothing but its export: nights are run, compared with what came,
// kept as JSON and printed beside it.
func TestPlay(t *testing.T) {
	dir := t.TempDir()
	writeShop(t, filepath.Join(dir, "small.csv"))
	s := set{
		Shop: published.Shop{
			Name: "small", File: "small.csv", Real: true, Job: "columns: {customer: who, time: day, amount: amount}",
			First: "2023-08-31", Every: 1, Last: "2023-09-30", End: "2023-12-31",
		},
		read: columns{customer: "who", day: "day", amount: "amount"},
	}
	o := options{origins: 1, workers: 2, lock: new(sync.Mutex)}
	r, err := o.play(t.Context(), []set{s}, dir, io.Discard)
	require.NoError(t, err)
	require.Len(t, r.Sets[0].Runs, 3) // August: 91 and 122 days; September: 91
	for _, run := range r.Sets[0].Runs {
		require.Empty(t, run.Refused)
		require.InDelta(t, 1, float64(run.Intervals.Inside+run.Intervals.Below+run.Intervals.Above), 1e-9)
		require.Less(t, math.Abs(run.Money.miss()), .5)
		require.Greater(t, float64(run.Return.Area["p_next"]), .6)
		require.Less(t, float64(run.Return.Calibration), .2)
	}
	file := filepath.Join(dir, "results.json")
	require.NoError(t, r.write(file))
	again, err := readResults(file)
	require.NoError(t, err)
	require.InDelta(t, float64(r.Sets[0].Runs[0].Purchases.LogScore), float64(again.Sets[0].Runs[0].Purchases.LogScore), 1e-4)
	var one, two bytes.Buffer
	print(&one, results{}, r)
	require.Contains(t, one.String(), "| small | 3 | 0 |")
	print(&two, again, r)
	require.Contains(t, two.String(), "| small | 3 → 3 | 0 → 0 |")
}

// writeShop writes customers of two years, some of whom leave.
func writeShop(t *testing.T, path string) {
	dice := rand.New(rand.NewPCG(1, 2))
	lines := []string{"who,day,amount"}
	for who := range 200 {
		gap, leaves := 20+60*dice.ExpFloat64(), 900*dice.Float64()
		for at := 100 * dice.Float64(); at < min(leaves+100, 729); at += 1 + gap*dice.ExpFloat64() {
			lines = append(lines, fmt.Sprintf("c%03d,%s,%.2f", who, calendar.Format(18993+int32(at)), 10+40*dice.Float64()))
		}
	}
	require.NoError(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
}
