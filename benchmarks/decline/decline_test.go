package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A small study, with bounds that leave three standard errors to what the large
// one in docs/stages.md finds.
func TestStudy(t *testing.T) {
	for _, s := range []shop{shops[1], shops[3]} {
		r, err := study(s, options{customers: 250, seed: 7, workers: 2})
		require.NoError(t, err)
		for _, w := range r.rows {
			share := float64(w.ever) / float64(max(w.calm, 1))
			switch {
			case w.customers == 0:
			case w.truth == steady:
				require.Less(t, share, 0.095, "%s %s", s.name, w.name)
			case w.name == "stops at 60%, every 30 days" && s.only != nil:
				require.Greater(t, share, 0.95)
			case w.name == "stops at 60%, every 10 days":
				require.Greater(t, share, 0.97)
				require.Greater(t, float64(w.manyRight)/float64(w.many), 0.9)
			case w.name == "fades to 3%, every 10 days":
				require.Greater(t, share, 0.7)
				require.Greater(t, float64(w.manyRight)/float64(w.many), 0.65)
			}
		}
		require.Less(t, float64(r.false)/float64(r.called), 0.12, s.name)
	}
}

// The same table for any number of workers.
func TestPrint(t *testing.T) {
	var one, two bytes.Buffer
	o := options{customers: 40, shops: []int{4}, seed: 2, workers: 1}
	require.NoError(t, o.print(&one))
	o.workers = 2
	require.NoError(t, o.print(&two))
	require.Equal(t, one.String(), two.String())
	require.Contains(t, one.String(), "| stops at 60%, every 30 days | 20 |")
}

// On real data, those who were called in decline buy markedly less after it than
// customers who had bought as much.
func TestHoldout(t *testing.T) {
	for _, e := range exports(filepath.Join("..", "..", "..", "shared", "data")) {
		if _, err := os.Stat(e.path); err != nil {
			t.Skipf("%s is not on this machine: %v", e.path, err)
		}
		v, err := e.holdout(2)
		require.NoError(t, err)
		t.Logf("%s: %+v", e.path, v)
		require.Less(t, v.byDecline.matched.high, 0.8, e.path)
	}
}
