package explain

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
)

func TestScratch(t *testing.T) {
	path := os.Getenv("SCRATCH")
	if path == "" {
		t.Skip()
	}
	p, err := publication.Open(path)
	require.NoError(t, err)
	counts := map[string]int{}
	n := 0
	start := time.Now() //nolint
	require.NoError(t, p.EachID(func(id string) bool {
		n++
		if n%7 != 0 && p.Customers > 1000 {
			return true
		}
		c, err := Of(p, id)
		require.NoError(t, err)
		counts["all"]++
		if c.FutureValue == nil { counts["nofuture"]++ ; return true }
		if !c.Outlook.Recomputed {
			counts["notrecomputed"]++
			fmt.Println(id, c.FutureValue.Lines)
		}
		for _, l := range c.PastValue.Lines {
			if l.What == LineRest { counts["pastrest"]++; fmt.Println(id, c.PastValue.Lines) }
		}
		if c.Change.Unknown != "" { counts[c.Change.Unknown]++; return true }
		if c.Change.Mixed { counts["mixed"]++ }
		for _, part := range c.Change.Parts {
			counts[string(part.Cause)]++
			if part.Cause == Rest || part.Cause == Unsplit {
				fmt.Println(id, part)
			}
		}
		return true
	}))
	fmt.Println(path, counts, time.Since(start))
}
