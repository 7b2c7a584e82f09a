package lifecycle

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/bilingual"
)

func TestNamesOfStages(t *testing.T) {
	for stage, want := range map[Stage]bilingual.Text{
		Exploration: {EN: "Exploration", ZH: "考察期"},
		Formation:   {EN: "Formation", ZH: "形成期"},
		Stability:   {EN: "Stability", ZH: "稳定期"},
		Declining:   {EN: "Decline", ZH: "退化期"},
		"other":     {EN: "other", ZH: "other"},
	} {
		require.Equal(t, want, stage.Label(), stage)
	}
}
