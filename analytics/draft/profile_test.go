package draft_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/draft"
)

// Shares are of whole counts: they are exact, and do not hang on the order of the values.
func TestSharesAreExact(t *testing.T) {
	var text strings.Builder
	text.WriteString("price;note\n")
	for i := range 490 {
		note := fmt.Sprintf("note %c%c", 'a'+i%26, 'a'+i/26)
		if i%10 == 0 {
			note = strconv.Itoa(i)
		}
		fmt.Fprintf(&text, "%d.50;%s\n", i, note)
	}
	require.Equal(t, []float64{1, 0.1}, draft.Numbers(look("prices.csv", text.String()).Looks[0]))
}
