package pictures

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPercentsOfTicks(t *testing.T) {
	for share, want := range map[float64]string{0: "0%", 0.02: "2%", 0.025: "2.5%", 0.0025: "0.25%", 3 * 0.1: "30%", 1: "100%", 7. / 11: "64%", 2. / 3: "67%"} {
		require.Equal(t, want, percentLabel(share))
	}
}
