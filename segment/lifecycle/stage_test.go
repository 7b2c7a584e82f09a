package lifecycle

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
)

func TestNamesOfStages(t *testing.T) {
	for stage, want := range map[Stage][2]string{
		Exploration: {"Exploration", "考察期"},
		Formation:   {"Formation", "形成期"},
		Stability:   {"Stability", "稳定期"},
		Declining:   {"Decline", "退化期"},
		"other":     {"other", "other"},
	} {
		require.Equal(t, want, [2]string{stage.Label(wording.In("en")), stage.Label(wording.In("zh"))}, stage)
	}
}
