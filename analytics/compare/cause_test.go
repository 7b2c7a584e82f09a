package compare

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/cause"
)

// Each cause yields to those above it, whatever those below it say.
func TestPrecedenceOfCauses(t *testing.T) {
	all := Evidence{
		RuleProven: true, CutPointsProven: true, Happened: cause.Joined, RuleChanged: true, CutPointsMoved: true, ModelMoved: true,
	}
	for _, c := range []struct {
		want   cause.Cause
		forget func(*Evidence)
	}{
		{cause.RuleChanged, func(e *Evidence) { e.RuleProven = false }},
		{cause.CutPointsMoved, func(e *Evidence) { e.CutPointsProven = false }},
		{cause.Joined, func(e *Evidence) { e.Happened = "" }},
		{cause.RuleChanged, func(e *Evidence) { e.RuleChanged = false }},
		{cause.CutPointsMoved, func(e *Evidence) { e.CutPointsMoved = false }},
		{cause.ModelMoved, func(e *Evidence) { e.ModelMoved = false }},
		{cause.TimePassed, func(*Evidence) {}},
	} {
		require.Equal(t, c.want, all.Cause(), "%+v", all)
		c.forget(&all)
	}
}
