package calendar

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A month begins with its first day, and holds all days up to the first of the next.
func TestMonths(t *testing.T) {
	for text, want := range map[string]Month{"1970-01": 0, "1969-12": -1, "1969-01": -12, "1968-12": -13, "2011-12": 503, "0999-02": -11651} {
		require.Equal(t, text, want.String())
		got, err := ParseMonth(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, text+"-01", Format(want.FirstDay()))
		require.Equal(t, want, MonthOf(want.FirstDay()))
		require.Equal(t, want, MonthOf((want+1).FirstDay()-1))
		require.Equal(t, want-1, MonthOf(want.FirstDay()-1))
	}
	_, err := ParseMonth("2011-13")
	require.Error(t, err)
}
