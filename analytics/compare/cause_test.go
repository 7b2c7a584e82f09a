package compare

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Each cause yields to those above it, whatever those below it say.
func TestPrecedenceOfCauses(t *testing.T) {
	all := Evidence{RuleProven: true, Bought: true, Returned: true, Joined: true, Parted: true, Corrected: true, RuleChanged: true, ModelMoved: true}
	for _, c := range []struct {
		want   Cause
		forget func(*Evidence)
	}{
		{RuleMoved, func(e *Evidence) { e.RuleProven = false }},
		{Bought, func(e *Evidence) { e.Bought = false }},
		{Returned, func(e *Evidence) { e.Returned = false }},
		{Joined, func(e *Evidence) { e.Joined = false }},
		{Parted, func(e *Evidence) { e.Parted = false }},
		{Correction, func(e *Evidence) { e.Corrected = false }},
		{RuleMoved, func(e *Evidence) { e.RuleChanged = false }},
		{ModelMoved, func(e *Evidence) { e.ModelMoved = false }},
		{TimePassed, func(*Evidence) {}},
	} {
		require.Equal(t, c.want, all.Cause(), "%+v", all)
		c.forget(&all)
	}
}
