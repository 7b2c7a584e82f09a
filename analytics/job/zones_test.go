package job

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // so that the test does not depend on the machine's zones

	"github.com/stretchr/testify/require"
)

// A suggestion that is refused in its turn would be worse than none.
func TestEverySuggestedZoneExists(t *testing.T) {
	zones := strings.Fields(zoneList)
	require.Greater(t, len(zones), 400)
	for _, zone := range zones {
		_, err := time.LoadLocation(zone)
		require.NoError(t, err)
		require.Equal(t, `did you mean "`+zone+`"?`, zoneSuggestion(strings.ToLower(zone)))
	}
}
