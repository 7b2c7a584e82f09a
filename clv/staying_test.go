package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// All rows at once get what the models say of each alone, at the pace of the blend.
func TestStayingIsThatOfEachRow(t *testing.T) {
	var members []Member
	for _, m := range []*Model{model(t, "pareto-nbd", 0.5, 6, 0.8, 12), model(t, "bg-cnbd-k", 2, 0.8, 3, 0.8, 2.5), model(t, "nbd", 0.5, 6)} {
		members = append(members, Member{Model: m, Weight: 1. / 3})
	}
	b, err := NewBlend(members)
	require.NoError(t, err)
	b, err = b.WithPace(1.25)
	require.NoError(t, err)
	p := smallPanel()
	s := ScoreBlend(b, p, ScoreOptions{Horizon: 40})
	got := Staying(b, p, s, 40, 2)
	for i := range p.X {
		want := 0.
		for j, m := range b.members {
			want += s.share(j, i) * m.Model.PAliveAt(50, p.X[i], p.TX[i], p.T[i])
		}
		require.InDelta(t, want, got[i], 1e-12)
	}
	require.True(t, math.IsNaN(Staying(b, p, s, -1, 1)[0]))
}
