package analytics

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publish"
)

// A file that cannot be written fails as it is written and as it is closed: one error is told.
func TestWhatCannotBeWrittenIsToldOnce(t *testing.T) {
	place, err := publish.Begin(t.TempDir(), "shop", time.Date(2011, 12, 10, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, place.Abort()) })
	stopped, stop := context.WithCancel(t.Context())
	stop()
	place.StopWith(stopped)
	err = writeTable(place, "segments.csv", func(w io.Writer) (int64, error) {
		n, err := io.WriteString(w, "kind\n")
		return int64(n), err
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 1, strings.Count(err.Error(), context.Canceled.Error()), err.Error())
}
