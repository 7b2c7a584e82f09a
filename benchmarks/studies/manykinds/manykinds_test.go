package main

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/benchmarks/studies/published"
)

func shopNamed(t *testing.T, name string) shop {
	t.Helper()
	for _, s := range shops {
		if strings.Contains(s.name, name) {
			return s
		}
	}
	require.Fail(t, name)
	return shop{}
}

// A shop has as many of each kind as it says, who buy as their kind does.
func TestPlay(t *testing.T) {
	const n = 200
	of := map[string][]customer{}
	for _, c := range shopNamed(t, "without seasons").play(rand.New(rand.NewPCG(1, 0)), n) {
		k := kinds[c.kind].name
		of[k] = append(of[k], c)
	}
	require.Len(t, of["steady, every 30 days"], n)
	require.Len(t, of["growing from a fifth, to every 15 days"], n)
	require.Len(t, of["stops at 60%, every 30 days"], 60)
	require.Len(t, of["pauses from 40% to 70%, every 30 days"], 60)
	require.Empty(t, of["steady, every 45 days"])
	require.Equal(t, 2*n, len(of["joined later, still there"])+len(of["joined later, left"]))
	total := 0
	for _, c := range of["steady, every 30 days"] {
		total += len(c.purchases)
	}
	require.InDelta(t, 730./30+.5, float64(total)/n, 1.5)
	for _, c := range of["stops at 60%, every 10 days"] {
		require.LessOrEqual(t, c.purchases[len(c.purchases)-1].day, int32(.6*span+.4*30)+1)
	}
}

// In seasons twice as much is bought in November as in October, and days grow as
// the shop's time does.
func TestSeasons(t *testing.T) {
	elapsed := shopNamed(t, "with seasons").elapsed()
	require.InDelta(t, 2, elapsed[310]-elapsed[309], 1e-12)
	require.InDelta(t, .95, elapsed[290]-elapsed[289], 1e-12)
	require.InDelta(t, .4, elapsed[365+10]-elapsed[365+9], 1e-12)
}

// Three of ten are called, one of whom goes on.
func TestCount(t *testing.T) {
	r := shops[0].empty()
	last := make([]published.Customer, 10)
	of := make([]customer, 10)
	for i := range last {
		last[i] = published.Customer{ID: string(rune('0' + i)), Stage: "formation"}
		of[i] = customer{kind: 1 + i%2, purchases: make([]purchase, i)}
		if i == 3 || i == 4 || i == 7 {
			last[i].Stage = "decline"
		}
	}
	ever := make([]bool, 10)
	ever[0] = true
	require.NoError(t, r.count(of, last, ever))
	require.Equal(t, row{Kind: kinds[1].name, Customers: 5, Purchases: 20, Called: 1, Ever: 1, steady: true}, r.Rows[1])
	require.Equal(t, row{Kind: kinds[2].name, Customers: 5, Purchases: 25, Called: 2, steady: true}, r.Rows[2])
	require.ErrorContains(t, r.count(of, last[:9], ever), "9 customers were published, expected 10")
}

// A whole night over a shop of customers who are alike finds those who stopped,
// and is the same for any number of workers.
func TestStudy(t *testing.T) {
	o := options{customers: 80, nights: 1, seeds: []uint{1, 2}, shops: []int{7}, workers: 1}
	one, err := o.study(t.Context())
	require.NoError(t, err)
	o.workers = 2
	two, err := o.study(t.Context())
	require.NoError(t, err)
	require.Equal(t, one, two)
	for _, k := range one[0].Rows {
		switch k.Kind {
		case "steady, every 45 days":
			require.Equal(t, 160, k.Customers)
			require.Less(t, k.Called, 16)
		case "stops at 60%, every 45 days":
			require.Equal(t, 80, k.Customers)
			require.Greater(t, k.Called, 40)
		default:
			require.Zero(t, k.Customers, k.Kind)
		}
	}
	file := filepath.Join(t.TempDir(), "results.json")
	require.NoError(t, writeResults(file, one))
	again, err := readResults(file)
	require.NoError(t, err)
	require.Equal(t, one, again)
	var out bytes.Buffer
	print(&out, again, one)
	require.Contains(t, out.String(), "| steady, every 45 days | .")
	require.NotContains(t, out.String(), "every 10 days")
}
